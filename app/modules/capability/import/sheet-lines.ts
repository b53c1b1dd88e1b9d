/** Lines of a scope that state no capability: titles of its parts, headings once more, footnotes, what printing left. */
import type { Field } from '../fields.ts';

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
  [/electric|elektri|électri|电磁|電磁|电学|電量|直流|低频|dc\/low|\bdc\b/i, 'electrical'],
  [/radio|\brf\b|microwave|hochfrequenz|无线电|無線電|射频/i, 'radio'],
  [/time (?:and|&) frequency|zeit und frequenz|frequency|时间频率|時間頻率|时间/i, 'time_frequency'],
  [/dimension|length|länge|longueur|几何|幾何|长度|長度/i, 'dimensional'],
  [/pressure|vacuum|druck|vakuum|pression|压力|壓力|真空/i, 'pressure'],
  [/flow|durchfluss|débit|流量/i, 'flow'],
  [/\bmass\b|weighing|masse|waage|质量|質量|衡器/i, 'mass'],
  [/thermo|temperature|humidity|temperatur|feuchte|température|热学|溫度|温度|热工/i, 'thermal'],
  [/acoustic|akusti|acousti|声学|聲/i, 'acoustics'],
  [/vibration|acceler|schwing|振动|振動/i, 'vibration'],
  [/optic|photometr|optik|optique|光学|光學/i, 'optics'],
  [/mechanic|torque|force|hardness|mechani|drehmoment|kraft|härte|mécani|力学|力學|扭矩|硬度/i, 'mechanical'],
  [/chemi|化学|化學/i, 'chemistry'],
  [/ionis|ioniz|radiation|电离/i, 'ionising'],
];
const LONGEST_TITLE = 60;

/** A title of a part of the scope: numbered, or named as a field is, or the headings follow. */
export function partTitle(text: string, headingsFollow: boolean): { field?: Field } | undefined {
  if (text.length > LONGEST_TITLE && !headingsFollow) return undefined;
  const field = FIELD_WORDS.find(([words]) => words.test(text))?.[1];
  const numbered = NUMBERED.test(text);
  const bare = field !== undefined && /^(?:[\p{L}&/,、 ]|\s[-–—]\s){2,40}$/u.test(text) && WHOLE_TITLE.test(text);
  if (!headingsFollow && !numbered && !bare) return undefined;
  return field === undefined ? {} : { field };
}

/** A field and nothing more. */
const WHOLE_TITLE =
  /^(?:dimensional(?: (?:testing|quantities|calibration))?|length|länge|longueur|electric\p{L}*|elektrische messgrößen|mechanical(?: quantities)?|mass(?:,? force,? and weighing devices)?|mass and weighing|thermodynamics?|thermal|temperature(?: and humidity)?|pressure(?: and vacuum)?|torque|force|time (?:and|&) frequency|electrical ?[–—-] ?(?:dc\/low frequency|rf\/microwave)|几何量|長度|长度|热学|热工|力学|电磁|电学|质量|压力|流量|无线电|时间频率|光学|声学|振动|化学|druck|temperatur|masse|drehmoment|gleichstrom und niederfrequenz)$/iu;
