/** Whether texts write decimals with a comma or a point: by what cannot be read the other way. */
export type DecimalHabit = 'comma' | 'point';

/** `0,5`, `12,75`, `0,025`, `1.000,5`: no thousands stand so. `1,000` and `1.000` say nothing. */
const COMMA = /(?<![\d.,])(?:\d{1,3}(?:\.\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})|0,\d{3})(?![\d.,]*\d)/g;
const POINT = /(?<![\d.,])(?:\d{1,3}(?:,\d{3})+\.\d+|\d+\.(?:\d{1,2}|\d{4,})|0\.\d{3})(?![\d.,]*\d)/g;
/** Two are no slip. */
const FEWEST = 2;
/** What stands against it this much more rarely is a slip, or the number of a clause. */
const RARER = 20;

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;

/** @returns undefined when the texts do not show it, or show both */
export function decimalHabit(texts: Iterable<string>): DecimalHabit | undefined {
  let comma = 0;
  let point = 0;
  for (const text of texts) {
    if (text.includes(',') || text.includes('，')) comma += count(text.normalize('NFKC'), COMMA);
    if (text.includes('.')) point += count(text, POINT);
  }
  if (comma >= FEWEST && point * RARER <= comma) return 'comma';
  return point >= FEWEST && comma * RARER <= point ? 'point' : undefined;
}
