/** What headings of scopes are called: as CNAS, the KCDB, A2LA, UKAS, DAkkS, COFRAC, JCSS, TAF, HKAS, NATA, NVLAP and CLAS print them. */
import type { ColumnField } from './columns.ts';
import words from './heading-words.json' with { type: 'json' };

type Known = Exclude<ColumnField, 'skip'>;

/** Compared without case, spaces, brackets and what they hold, signs and footnote marks. */
const EXACT: Record<Known, string[]> = words;

/** For headings longer than those: the first that fits. Order matters: an uncertainty of a range is an uncertainty. */
const CONTAINED: [RegExp, ColumnField][] = [
  [
    /^no\.?$|^nr\.?$|序号|序號|^(?:出厂)?(?:編號|编号)$|状态|变更|場所|地点|location|lieu|date|日期|价格|費用|identifier|sourceof|traceab|溯源|table|budget|来源|moyens/,
    'skip',
  ],
  [/(?:uncertainty|unsicherheit|incertitude|不确定度|不確定度|不確かさ).*(?:unit|单位|單位|einheit)/, 'uncertainty_unit'],
  [/(?:^is|whether|是否).*(?:relative|相对)/, 'uncertainty_relative'],
  [/coveragefactor$|包含因子$|erweiterungsfaktor$/, 'k'],
  [
    /uncertaint|unsicherheit|incertitude|不确定度|不確定度|不確かさ|校准和?测量能力|校準和?量測能力|校正(?:和|與|及)?(?:量測|測量)能力|最高校正能力|measurementcapability|measuringcapability|^cmc|cmc$|messmöglichkeit/,
    'uncertainty',
  ],
  [/confidence|置信|包含概率/, 'confidence'],
  [/(?:range|范围|範圍|量程|messbereich|étendue).*(?:unit|单位|單位|einheit)/, 'unit'],
  [/frequency|频率|頻率|周波数|frequenz|fréquence/, 'parameter'],
  [/range|范围|範圍|範囲|量程|messbereich|messspanne|étendue/, 'range'],
  [
    /instrument|kalibriergegenstand|equipmentcalibrated|仪器|儀器|器具|被校|校准对象|被測|対象|artefact|artifact|gauge|device/,
    'instrument',
  ],
  [/method|procedure|verfahren|méthode|规范|規範|规程|依据|依據|方法|手法|手順|standard|标准代号|標準/, 'method'],
  [/measurand|messgröße|messgrösse|grandeur|quantity|被测量|参量|參量/, 'measurand'],
  [/remark|comment|bemerkung|remarque|备注|備註|说明/, 'conditions'],
];

/** Headings are phrases; a paragraph that names a range is none. */
const LONGEST = 160;

/** A heading as it is compared; empty when nothing of it is left. */
export const plainHeading = (heading: string): string =>
  heading.length > LONGEST
    ? heading
    : heading
        .normalize('NFKC')
        .toLowerCase()
        .replace(/\([^)]*\)|\[[^\]]*\]|【[^】]*】/g, '')
        .replace(/[\u00ad\u200b]|(?<=\p{L})-\s*\n\s*/gu, '')
        // The symbol and unit behind it: `扩展不确定度 U/μm`, `Range, mm`, `Messbereich in mm`.
        .replace(/(?<=.{2})[\s,]*\bu(?:rel|95)?\s*(?:[/=].*)?$/s, '')
        .replace(/(?<=\p{Script=Han})\s*\/\s*[^\p{Script=Han}]*$/su, '')
        .replace(/(?<=.{4})[\s,]+in\s+[^\s]{1,8}$/s, '')
        .replace(/[±\d⁰¹²³⁴⁵⁶⁷⁸⁹*†‡:：?？]/g, '')
        .replace(/k\s*=.*$/s, '')
        .replace(/\s+/g, '')
        .replace(/^[-–—/,.]+|[-–—/,.]+$/g, '');

/** How a column is headed so that it is read back; empty for what nothing is taken from. */
export const headingOf = (field: ColumnField): string => (field === 'skip' ? '' : EXACT[field][0]!);

const KNOWN = new Map(
  (Object.entries(EXACT) as [Known, string[]][]).flatMap(([field, names]) =>
    names.map((name) => [plainHeading(name) || name, field] as const),
  ),
);

const LONGEST_CONTAINED = 90;
const learned = new Map<string, ColumnField>();
const MOST_LEARNED = 2000;

/** What one heading says; `skip` when it says nothing known. */
export function fieldOfHeading(heading: string): ColumnField {
  if (heading.length > LONGEST) return 'skip';
  const known = learned.get(heading);
  if (known !== undefined) return known;
  const field = classify(heading);
  if (learned.size >= MOST_LEARNED) learned.clear();
  learned.set(heading, field);
  return field;
}

function classify(heading: string): ColumnField {
  const plain = plainHeading(heading);
  if (plain === '') return bracketed(heading);
  const exact = partsOf(heading) ?? KNOWN.get(plain);
  if (exact) return exact;
  // Neither a sentence nor a value is a heading, whatever words it has.
  if ((heading.match(/[，。；]|, /g)?.length ?? 0) > 2) return 'skip';
  if (plain.length > LONGEST_CONTAINED || /\d\s*(?:[~～]|to\b)|[=<>≤≥]\s*\d/.test(heading.replace(/\([^)]*\)|（[^）]*）|k\s*=\s*\d/gi, '')))
    return 'skip';
  const said = CONTAINED.find(([pattern]) => pattern.test(plain))?.[1] ?? 'skip';
  // Two languages, or a quantity and an instrument, one below the other.
  const lines = heading.includes('\n') ? heading.split('\n').map(fieldOfHeading) : [];
  return (lines.includes('instrument') ? 'instrument' : lines.find((field) => field !== 'skip')) ?? said;
}

/** Headings over headings, written in one: `Expanded uncertainty: units`, `Range (min)`, `测量范围下限`. */
function partsOf(heading: string): ColumnField | undefined {
  const [, whole = '', part = ''] =
    /^(.*?)(?:\s*[:：|>\n]\s*|\s+[-–—/]\s+|\s*(?=[(（]))(?:[(（]\s*)?([^:：()（）]+?)[)）]?\s*$/s.exec(heading) ??
    /^(.*(?:range|范围|範圍|量程|messbereich|uncertainty))\s*((?:min|max|from|to|lower|upper|unit|value|下限|上限|最小|最大)\p{L}*\.?)$/isu.exec(
      heading,
    ) ??
    [];
  const over = whole.trim() === '' ? 'skip' : fieldOfHeading(whole);
  const own = KNOWN.get(plainHeading(part).replace(/\.$/, ''));
  if (over === 'range') return own === 'range_min' || own === 'range_max' || own === 'unit' ? own : undefined;
  if (over !== 'uncertainty' && over !== 'parameter') return undefined;
  const said = fieldOfPath([whole, part]);
  return own !== undefined && said !== 'skip' ? said : undefined;
}

/** `(CMC)` alone. */
const bracketed = (heading: string): ColumnField => {
  const [, inside = ''] = /^\s*[(（[]([^)）\]]+)[)）\]]\s*$/.exec(heading) ?? [];
  return KNOWN.get(plainHeading(inside)) ?? 'skip';
};

/** What headings one above the other say together: `Expanded uncertainty` over `Units`. */
export function fieldOfPath(path: readonly string[]): ColumnField {
  const own = path.at(-1);
  if (own === undefined) return 'skip';
  const said = fieldOfHeading(own);
  const above = path.slice(0, -1).map(fieldOfHeading);
  if (above.includes('uncertainty')) {
    const within: Partial<Record<ColumnField, ColumnField>> = {
      unit: 'uncertainty_unit',
      k: 'k',
      confidence: 'confidence',
      uncertainty_relative: 'uncertainty_relative',
      uncertainty: 'uncertainty',
    };
    return within[said] ?? (/^(?:value|values|wert|数值|值|數值|u)$/.test(plainHeading(own)) ? 'uncertainty' : 'skip');
  }
  if (above.includes('parameter') || above.includes('conditions')) {
    if (said === 'measurand') return 'parameter_name';
    if (said === 'method' || said === 'parameter') return 'parameter';
  }
  if (above.includes('method') && said === 'method') return 'skip';
  if (said !== 'skip' || path.length === 1 || !addsOnly(own)) return said;
  return above.findLast((field) => field !== 'skip') ?? 'skip';
}

/** A unit, a symbol or a coverage factor below a heading takes nothing of its meaning. */
const addsOnly = (own: string) => plainHeading(own) === '' || /^(?!nr?o?\.?$|id$)[^\s\p{Script=Han}]{1,6}$/iu.test(own.trim());
