/** What stands before the figure of an uncertainty: `U=`, `Urel:`, `U₉₅ =`, `u(k=1)=`, `U≤`. */

/** A text before its numbers: bounded, so that a cell of spaces is looked at once. */
const PREFIX =
  /^\s{0,4}(?:(?:扩展)?(?:测量)?不确定度|expanded\s(?:measurement\s)?uncertainty|CMC)?\s{0,4}[:：]?\s{0,4}(?:([Uu])\s{0,2}_?\{?(c)?\s{0,2}_?(rel|r)?\s{0,2}_?(\d{2}(?:\.\d{1,2})?|0\.\d{2,4})?\s{0,2}%?\s{0,2}_?(rel|r)?\}?\s{0,4}(\([^()]{0,24}\))?\s{0,4}(=|:|≤|<=|<|≈|±))/i;
const WORDS = /^\s{0,4}(?:(?:扩展)?(?:测量)?不确定度|expanded\s(?:measurement\s)?uncertainty|CMC)\s{0,4}[:：]\s{0,4}/i;

/** A bound alone: `< 1.5 µm`. */
const BOUND = /^\s{0,4}(?:≤|<=|<)\s{0,4}/;

export interface UncertaintyPrefix {
  /** Characters it takes. */
  length: number;
  named: 'none' | 'absolute' | 'relative';
  /** Lower case: a standard uncertainty. */
  standard: boolean;
  /** Level of confidence as a fraction, where it states one: U₉₅. */
  level: number | null;
  /** U ≤ …: a bound, not a value. */
  bound: boolean;
}

export function prefixOf(text: string): UncertaintyPrefix {
  const found = PREFIX.exec(text);
  if (!found) {
    const words = WORDS.exec(text)?.[0].length ?? 0;
    const bound = BOUND.exec(text.slice(words))?.[0].length ?? 0;
    return { length: words + bound, named: 'none', standard: false, level: null, bound: bound > 0 };
  }
  const [all, letter, combined, before, digits, after, brackets = '', sign] = found;
  const level = digits ?? /^\((?:p\s?=\s?)?(\d{2}(?:\.\d{1,2})?|0\.\d{2,4})\s?%?\)$/i.exec(brackets)?.[1];
  const stated = level === undefined ? null : Number(level);
  return {
    length: all.length,
    named: before || after || /rel/i.test(brackets) ? 'relative' : 'absolute',
    standard: letter === 'u' || combined !== undefined,
    level: stated === null ? null : stated > 1 ? stated / 100 : stated,
    bound: sign === '≤' || sign === '<=' || sign === '<',
  };
}
