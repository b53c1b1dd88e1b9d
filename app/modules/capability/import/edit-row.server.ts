/** One row of a scope by hand: the same reading and judging as an import's. */

import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { accreditationsOf } from '#app/modules/centres/accreditation/accreditations-of.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { fieldKey } from '../rules/fields.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { meet, type Validity } from '../rules/validity.ts';
import { namesOf } from './cell-text.ts';
import { compareScope, type StoredRow, valuesOf } from './compare-scope.ts';
import { type Judged, judgeRow, type RowText } from './judge-row.ts';
import { keepVersions } from './keep-versions.server.ts';
import { removeRows } from './remove-rows.server.ts';
import type { RowsOnSale } from './rows-on-sale.ts';
import { scopeOf } from './scope-access.server.ts';

/** k of a row that states none. */
export const USUAL_K = 2;

/** The field is chosen from those there are: it needs no reading. */
export const judgeForm = ({ field = '', ...text }: RowText): Judged =>
  judgeRow(namesOf(text), { k: USUAL_K, field: fieldKey(field) }, parseUnit);

/** Changes whenever anything of the row does. */
export const signatureOf = (row: StoredRow): string => createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 16);

/** A row of the centre's. @throws Problem not_found */
export async function rowOf(q: Queries, centreId: string, id: string) {
  const [row] = await q
    .select()
    .from(capability)
    .where(and(eq(capability.id, id), eq(capability.centreId, centreId)));
  if (!row) throw new Problem('not_found');
  return row;
}

export interface RowInput extends Validity {
  /** Null for a new row. */
  id: string | null;
  text: RowText;
  accreditationId: string | null;
  /** What is to be confirmed has been. */
  reviewed: boolean;
  /** `signature` of the row as it was shown. */
  shown: string;
}

/**
 * @returns the row's id; or, with nothing stored, what is wrong with it or has to be confirmed
 * @throws Problem not_found, forbidden, stale when somebody changed the row meanwhile; invalid_form {field: 'range'} when
 * the centre states that range already for some of that time, {field: 'validUntil'} when it ends before it begins, {field: 'accreditation'} for one
 * that is not the centre's, or ended or was removed meanwhile
 */
export async function saveRow(
  { db, clock, rowsOnSale }: Pick<Deps, 'db' | 'clock'> & { rowsOnSale: RowsOnSale },
  actor: Actor,
  input: RowInput,
): Promise<{ id: string } | { judged: Judged }> {
  requireRight(actor, 'scope.state');
  const { validFrom, validUntil } = input;
  if (validFrom !== null && validUntil !== null && validUntil < validFrom) throw new Problem('invalid_form', { field: 'validUntil' });
  const judged = judgeForm(input.text);
  const [row, ...others] = judged.rows;
  if (!row || others.length > 0 || judged.status === 'reject' || (judged.status === 'review' && !input.reviewed)) return { judged };
  return db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    const held = await accreditationsOf(tx, centre.id, now);
    if (input.accreditationId !== null && !held.some(({ id }) => id === input.accreditationId))
      throw new Problem('invalid_form', { field: 'accreditation' });
    const before = input.id === null ? null : await rowOf(tx, centre.id, input.id);
    if (before && signatureOf(before) !== input.shown) throw new Problem('stale');
    const values = { ...valuesOf(row, input.accreditationId), validFrom, validUntil };
    const rest = (await scopeOf(tx, centre.id)).filter((other) => other.id !== input.id && meet(other, input));
    if (compareScope(rest, [values]).added.length === 0) throw new Problem('invalid_form', { field: 'range' });
    const id = input.id ?? newId();
    const ending = { personId: actor.personId, endedAt: now };
    if (before) {
      await keepVersions(tx, [id], ending);
      await tx.update(capability).set(values).where(eq(capability.id, id));
    } else {
      const sold = await rowsOnSale.groups(tx, centre.id);
      await tx.insert(capability).values({ ...values, id, centreId: centre.id, createdAt: now });
      for (const service of await rowsOnSale.join(tx, sold, [{ ...values, id }])) await announce(tx, 'service', service, now);
    }
    await announce(tx, 'capability', id, now);
    await audit(
      tx,
      { chain: `centre:${centre.id}`, actorId: actor.personId, action: before ? 'capability_changed' : 'capability_added', data: { id } },
      now,
    );
    return { id };
  });
}

/** Takes the row out of the scope, and away from the services sold on it. @throws Problem not_found, forbidden */
export async function removeRow(
  { db, clock, rowsOnSale }: Pick<Deps, 'db' | 'clock'> & { rowsOnSale: RowsOnSale },
  actor: Actor,
  id: string,
): Promise<void> {
  requireRight(actor, 'scope.state');
  await db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    await rowOf(tx, centre.id, id);
    const services = await removeRows(tx, rowsOnSale, [id], { personId: actor.personId, endedAt: now });
    await announce(tx, 'capability', id, now);
    for (const service of services) await announce(tx, 'service', service, now);
    await audit(tx, { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'capability_removed', data: { id } }, now);
  });
}
