import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { type Capability, nameKey } from '../rules/capability.ts';
import { holdsAt } from '../rules/validity.ts';
import { readScope, type Scopes } from '../search/load-scopes.server.ts';
import { rangeOf, uncertaintyOf } from './print-scope.server.ts';
import { scopeOf } from './scope-access.server.ts';

const inChinese = new Intl.Collator('zh-CN');

/**
 * The actor's own scope, by instrument and range; of it the rows that speak of all `words`.
 * @throws Problem not_found
 */
export async function viewScope(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  scopes: Scopes,
  actor: Actor,
  words = '',
): Promise<Capability[]> {
  const centre = await db.read((q) => centreOf(q, actor));
  const wanted = nameKey(words).split(' ').filter(Boolean);
  const speaks = (row: Capability) => {
    const said = nameKey([row.instrumentZh, row.instrumentEn, row.measurandZh, row.measurandEn, row.method, row.designation].join(' '));
    return wanted.every((word) => said.includes(word));
  };
  const rows = centre.preparing ? await db.read((q) => readScope(q, clock(), centre.id)) : scopes.of(centre.id);
  return rows
    .filter(speaks)
    .sort(
      (a, b) =>
        inChinese.compare(a.instrumentZh, b.instrumentZh) ||
        inChinese.compare(a.measurandZh, b.measurandZh) ||
        (a.range?.base.min ?? 0) - (b.range?.base.min ?? 0),
    );
}

/** The actor's rows that do not hold yet, or any more, by their end. @throws Problem not_found */
export const viewRowsAtRest = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor) =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const now = clock();
    return (await scopeOf(q, centre.id))
      .filter((row) => !holdsAt(row, now))
      .map((row) => ({
        id: row.id,
        instrumentZh: row.instrumentZh,
        instrumentEn: row.instrumentEn,
        range: rangeOf(row),
        designation: row.designation,
        uncertainty: uncertaintyOf(row),
        k: row.coverageFactor,
        confidence: row.confidence,
        /** Of one that has ended its end, else its beginning. */
        ended: row.validUntil !== null && row.validUntil < now,
        at: (row.validUntil !== null && row.validUntil < now ? row.validUntil : row.validFrom) ?? now,
      }))
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1));
  });
