/** Looking things up in ordered rows. */

/** A prefix that so many words begin with says nothing more: the first ones in order serve. */
const MOST_PREFIXES = 256;

/** The first place of an ordered row for which `test` holds; its length when none does. */
export function firstWhere(length: number, test: (i: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Words that begin so, of an ascending list. */
export function wordsWithPrefix(words: string[], prefix: string): string[] {
  const from = firstWhere(words.length, (i) => (words[i] as string) >= prefix);
  const found: string[] = [];
  for (let i = from; i < words.length && found.length < MOST_PREFIXES && words[i]?.startsWith(prefix); i++) found.push(words[i] as string);
  return found;
}

/** Where a value stands in an ascending row, or would stand. */
export const placeIn = <T>(row: readonly T[], value: T): number => firstWhere(row.length, (i) => (row[i] as T) >= value);
