/** Lines of a scope that state no capability: titles of its parts, headings once more, footnotes, what printing left. */
import type { Field } from '../rules/fields.ts';

/** The only text of a line, or undefined. */
export function onlyText(cells: readonly string[]): { text: string; column: number } | undefined {
  let found: { text: string; column: number } | undefined;
  for (let column = 0; column < cells.length; column += 1) {
    const text = cells[column]?.trim();
    if (!text) continue;
    if (found) return undefined;
    found = { text, column };
  }
  return found;
}

/** A sentence is no name of an instrument. */
const LONGEST_NAME = 110;
const NOTE =
  /^(?:[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]|\(?\d{1,2}[)）]\s|\[\d{1,2}\]|注|备注|備註|说明[:：]|note\b|notes\b|footnote|anmerkung|hinweis|remarque|nota\b|where\b|unless\b|this laboratory|the laboratory|for the purpose|-{3,}|_{3,}|={3,})/i;
const PRINTED =
  /\bpage\s+\d|\bseite\s+\d|第\s*\d+\s*页|第\s*\d+\s*頁|\bcert(?:ificate)?\.?\s*(?:no|#|number)|\bend of (?:table|schedule|scope)|以下空白|^-?\s*\d+\s*-?$|\brevised?\b.*\d{4}|\bissue(?:d)?\b.*\d/i;

/** Footnotes, and what stands at the edges of a printed page. */
export const isAside = (text: string): boolean => text.length > LONGEST_NAME || NOTE.test(text) || PRINTED.test(text);

const NUMBERED = /^(?:[IVX]{1,5}|[一二三四五六七八九十]{1,3}|(?:part|section|abschnitt|teil)\s+[\dA-Z]+)\s*[.、．,)）:：–—-]\s*/i;

/** Words a part of a scope is titled with. The narrower go first: an electrical temperature simulation is electrical. */
const FIELD_WORDS: [RegExp, Field][] = [
  [
    /electric|elektri|électri|voltage|current|resistance|spannung|strom|tension|电磁|電磁|电学|電量|直流|低频|dc\/low|\bdc\b/i,
    'electrical',
  ],
  [/radio|\brf\b|microwave|hochfrequenz|无线电|無線電|射频/i, 'radio'],
  [/time (?:and|&) frequency|zeit und frequenz|frequency|时间频率|時間頻率|时间/i, 'time_frequency'],
  [/dimension|length|länge|longueur|几何|幾何|长度|長度/i, 'dimensional'],
  [/pressure|vacuum|druck|vakuum|pression|压力|壓力|真空/i, 'pressure'],
  [/flow|durchfluss|débit|流量/i, 'flow'],
  [/\bmass\b|weighing|masse|waage|质量|質量|衡器/i, 'mass'],
  [/thermo|temperature|humidity|temperatur|feucht|température|热学|溫度|温度|热工/i, 'thermal'],
  [/acoustic|akusti|acousti|声学|聲/i, 'acoustics'],
  [/vibration|acceler|schwing|振动|振動/i, 'vibration'],
  [/optic|photometr|optik|optique|光学|光學/i, 'optics'],
  [/mechanic|torque|force|hardness|mechani|drehmoment|kraft|härte|mécani|力学|力學|扭矩|硬度/i, 'mechanical'],
  [/chemi|化学|化學/i, 'chemistry'],
  [/ionis|ioniz|radiation|电离/i, 'ionising'],
];
const LONGEST_TITLE = 80;

/** What follows a line that stands alone. */
export interface Following {
  headings: boolean;
  /** The next line names an instrument of its own. */
  instrument: boolean;
  /** It is set further in: what stands alone is the name of a family. */
  indented: boolean;
}

/**
 * A title of a part of the scope, with the field it names: numbered, or above headings, or above lines that name instruments of their own. What
 * stands above ranges alone is the instrument they belong to; what ends in a dash is the family of those below.
 */
export function partTitle(text: string, following: Following): { field?: Field } | undefined {
  const family = /[-–—:：]\s*$/.test(text) || following.indented;
  if (!following.headings && !NUMBERED.test(text) && (!following.instrument || family)) return undefined;
  const field = text.length > LONGEST_TITLE ? undefined : FIELD_WORDS.find(([words]) => words.test(text))?.[1];
  return field === undefined ? {} : { field };
}
