import { resolve } from '#app/modules/capability/rules/instrument-names.ts';
import { formatUnit } from '#app/modules/capability/rules/units/quantities.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';

const MOST = 3;

/** Units in which ranges of an instrument are stated, the commonest first: what a range without one may have meant. */
export function spanUnits(scopes: Scopes, item: string): string[] {
  const [best] = resolve(scopes.vocabulary, item, 1);
  const counts = best ? scopes.unitsOf(best.zh) : [];
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, MOST)
    .map(([code]) => formatUnit(code))
    .filter((unit) => unit !== '');
}
