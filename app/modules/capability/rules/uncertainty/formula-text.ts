/** Texts of ranges and uncertainties made alike before they are read: widths, dashes, superscripts, spaces within units. */

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const FRACTIONS: Record<string, string> = { '¼': '1/4', '½': '1/2', '¾': '3/4', '⅛': '1/8', '⅜': '3/8', '⅝': '5/8', '⅞': '7/8' };

function plain(power: string): string {
  return [...power].map((c) => (c === '⁻' ? '-' : c === '⁺' ? '' : String(SUPERSCRIPTS.indexOf(c)))).join('');
}

/** A scope repeats its ranges and uncertainties; of what is more than this, nothing is kept. */
const MAX_KEPT = 4000;
const kept = new Map<string, string>();

/** Full-width forms, superscript exponents (10⁻⁷ → 10^-7), the many dashes, wave signs and spaces made one. */
export function normaliseFormula(text: string): string {
  const seen = kept.get(text);
  if (seen !== undefined) return seen;
  const normal = normalise(text);
  if (kept.size >= MAX_KEPT) kept.clear();
  if (text.length <= 200) kept.set(text, normal);
  return normal;
}

function normalise(text: string): string {
  const made = text
    .replace(/[¼½¾⅛⅜⅝⅞]/g, (sign) => ` ${FRACTIONS[sign]}`)
    .replace(/([\dA-Za-zΩ])([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (all, before: string, power: string) =>
      /\d/.test(before) || power.startsWith('⁻') ? `${before}^${plain(power)}` : all,
    )
    .replace(/[，、]/g, ', ')
    .replace(/[º˚]/g, '°')
    .replace(/[—―─]{2}/g, '-')
    .replace(/[∅⌀ØøΦϕφ]/g, 'φ')
    .normalize('NFKC')
    .replace(/[−–—―─‐‑]/g, '-')
    .replace(/[～〜∼∽]/g, '~')
    .replace(/[*✕⨯]/g, '×')
    .replace(/⁄/g, '/')
    .replace(/″|′′|”|“/g, '"')
    .replace(/[′’´]/g, "'")
    .replace(/∣|｜/g, '|')
    .replace(/\s+/g, ' ')
    .trim();
  return joinUnits(inWords(made));
}

/** What is said in words of a figure: `1 part in 10^10`, `0.05 mm per metre`, `1.5 seconds of arc`. Every pattern looks at a bounded stretch. */
const IN_WORDS: readonly [RegExp, string][] = [
  [/\b(\d{1,4}(?:[.,]\d{1,4})?) ?parts? (?:in|per) 10\^(\d{1,2})(?![\d.])/gi, '$1×10^-$2 rdg'],
  [/\bparts? per million(?![A-Za-z])/gi, 'ppm'],
  [/(?<=[A-Za-zµμ]) per (?:met(?:re|er)|m)(?![A-Za-z])/g, '/m'],
  [/(?<=[A-Za-zµμ]) per (?:foot|ft)(?![A-Za-z])/g, '/ft'],
  [/(?<=[A-Za-zµμ]) per (?:inch|in)(?![A-Za-z])/g, '/in'],
  [/\b(?:seconds? of arc|arc[- ]?seconds?)(?![A-Za-z])/gi, 'arcsec'],
  [/\b(?:minutes? of arc|arc[- ]?minutes?)(?![A-Za-z])/gi, 'arcmin'],
  [/\brevs?\/min(?![A-Za-z])/gi, 'r/min'],
  [/\bShore ([AD])(?![A-Za-z])/g, 'Shore$1'],
];

const inWords = (text: string): string =>
  WORDED.test(text) ? IN_WORDS.reduce((said, [pattern, sign]) => said.replace(pattern, sign), text) : text;
const WORDED = /part|per |arc|rev|Shore/i;

/** Units that are written with a space or a sign inside, each joined to one word. Every pattern looks at a bounded stretch. */
const JOINED: readonly [RegExp, string][] = [
  [/° ?([CFK])(?![A-Za-z])/g, '°$1'],
  [/\bdeg\.? ?([CFK])(?![A-Za-z])/gi, 'deg$1'],
  [/% ?(?:RH|r\. ?[hF]\.|r\. ?h|rh|r\. ?F)(?![A-Za-z])/g, '%RH'],
  [/°([CFK]) ?(?:DP|dp|Td)(?![A-Za-z])/g, '°$1 dp'],
  [/% ?(LEL|IACS)(?![A-Za-z])/g, '%$1'],
  [/% ?\(?(vol|VOL|Vol|v\/v|V\/V|mol\/mol)(?![A-Za-z])\)?/g, '%$1'],
  [/% ?(相对湿度)/g, '%RH'],
  [/\b(in|ft|mm|cm|m)\.? ?(?:of )?(H2O|Hg)(?![A-Za-z])/g, '$1$2'],
  [/\bin\.? ?(?:of )?(?:WC|W\.C\.|w\.c\.|wc|water)(?![A-Za-z])/g, 'inH2O'],
  [/(["'])(?:of )?(H2O|Hg)\b/g, '$1$2'],
  [/\b(ft|in|lbf?|ozf?)[ .·-]{1,2}(lbf?s?|ozf?|ft|in)\b\.?/g, '$1-$2'],
  [/\b([cdkmMµμ]?N|k?gf|kg) (c?m)(?![A-Za-z0-9])/g, '$1·$2'],
  [/\b([kmuµμn]?[VA]) ?(DC|AC|dc|ac|rms|RMS|r\.m\.s\.?|eff|p-p|pp|pk-pk|peak to peak)(?![A-Za-z])/g, '$1$2'],
  [/([VA])(?:r\.m\.s\.?|eff|RMS)(?![A-Za-z])/g, '$1rms'],
  [/([VA])(?:pk-pk|peak to peak)/g, '$1pp'],
  [/\b([kMhm]?Pa|m?bar|psi|Torr) ?\(?(abs|absolute|gauge)(?![A-Za-z])\.?\)?/g, '$1($2)'],
  [/\b([kMGTmμµu]) ([Oo]hms?)\b/g, '$1$2'],
  [/\bpsi (a|g|d)\b/g, 'psi$1'],
  [/\bdB ?\(([ACZ])\)/g, 'dB$1'],
];

const joinUnits = (text: string): string =>
  /[ (°]/.test(text) ? JOINED.reduce((joined, [pattern, unit]) => joined.replace(pattern, unit), text) : text;

const LETTER = '[A-Za-zΩμµ°%\'"Å℃℉é\\u4e00-\\u9fff]';
const EXPONENT = '(?:\\^-?\\d|\\d(?![\\d.]|,\\d))';
const ATOM = `(?:[a-zA-Z]{0,2}\\[[A-Za-z_0-9']{1,9}\\]|${LETTER}+)${EXPONENT}?(?:O(?![A-Za-z]))?`;
const MARK = '(?:\\{\\w{0,8}\\}|\\((?:abs|absolute|gauge|a|A|g|G|绝压|绝对|绝|表压|p-p|pp|峰峰值|normal|standard)\\))?';
const HYPHENED = '(?:ft|in|lbf?s?|ozf?)-(?:lbf?s?|ozf?|ft|in)(?![A-Za-z])|[cdkmM]?N-c?m(?![A-Za-z])|[kmuµμn]?[VA][pP]-[pP](?![A-Za-z])';
/** A unit at the beginning of a text: `mm`, `m³/h`, `N·m`, `ft-lb`, `[psi]`, `MPa(abs)`, `mV/(m/s²)`. */
export const UNIT_TEXT = new RegExp(`^(?:${HYPHENED}|${ATOM}(?:[·.⋅•](?=[A-Za-zΩμµ°[])${ATOM}|/(?:\\([^() ]{1,12}\\)|${ATOM}))*)${MARK}`);
