/** Near spellings: how many slips of the finger lie between two words. */

/** Slips (one letter wrong, too many, missing, or two changed about) from `a` to `b`; more than `most` counts as `most + 1`. */
export function slips(a: readonly string[] | string, b: readonly string[] | string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (before[j - 2] as number) + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length] as number, most + 1);
}

/** How many slips a word of this length may have and still be taken for another: none in a short one. */
export const slipsAllowed = (length: number, han: boolean): number =>
  han ? (length < 3 ? 0 : length < 7 ? 1 : 2) : length < 4 ? 0 : length < 7 ? 1 : 2;
