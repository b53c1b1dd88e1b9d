/**
 * What breaks a rule today stands in a list that may only shrink: what is not in it is refused, and what is in it without need is refused too.
 */
export type Exceptions = ReadonlySet<string>;

/** One a line; `#` begins a remark. */
export const readExceptions = (text: string): Exceptions =>
  new Set(
    text
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter(Boolean),
  );

/** @returns what breaks the rule and is no exception, and the exceptions nothing needs any more */
export function compareWith(exceptions: Exceptions, found: readonly string[]): { fresh: string[]; stale: string[] } {
  const all = new Set(found);
  return { fresh: [...all].filter((one) => !exceptions.has(one)), stale: [...exceptions].filter((one) => !all.has(one)) };
}
