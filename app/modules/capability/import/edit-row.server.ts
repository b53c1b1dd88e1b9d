/** One row of a scope by hand: the same reading and judging as an import's. */

import { createHash } from 'node:crypto';
import { and, desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { accreditationsOf } from '#app/modules/centres/accreditation/accreditations-of.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { capability, capabilityVersion } from '#db/schema/capability.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { person } from '#db/schema/identity.ts';
import { fieldKey } from '../rules/fields.ts';
import { parseUnit } from '../rules/units/units.server.ts';
import { meet, type Validity } from '../rules/validity.ts';
import { namesOf } from './cell-text.ts';
import { compareScope, type StoredRow, valuesOf } from './compare-scope.ts';
import { joinServices, soldGroups } from './join-services.server.ts';
import { type Judged, judgeRow, type RowText } from './judge-row.ts';
import { keepVersions } from './keep-versions.server.ts';
import { rangeOf, rowTextOf, uncertaintyOf } from './print-scope.server.ts';
import { removeRows } from './remove-rows.server.ts';
import { scopeOf } from './scope-access.server.ts';

/** So many earlier states are shown. */
const MOST_VERSIONS = 50;
/** k of a row that states none. */
const USUAL_K = 2;

/** The field is chosen from those there are: it needs no reading. */
export const judgeForm = ({ field = '', ...text }: RowText): Judged =>
  judgeRow(namesOf(text), { k: USUAL_K, field: fieldKey(field) }, parseUnit);

/** Changes whenever anything of the row does. */
const signatureOf = (row: StoredRow): string => createHash('sha256').update(JSON.stringify(row)).digest('base64url').slice(0, 16);

async function rowOf(q: Queries, centreId: string, id: string) {
  const [row] = await q
    .select()
    .from(capability)
    .where(and(eq(capability.id, id), eq(capability.centreId, centreId)));
  if (!row) throw new Problem('not_found');
  return row;
}

/** Earlier states of a row, the last one first. */
async function versionsOf(q: Queries, id: string) {
  const rows = await q
    .select({ version: capabilityVersion, person: person.name })
    .from(capabilityVersion)
    .leftJoin(person, eq(person.id, capabilityVersion.personId))
    .where(eq(capabilityVersion.capabilityId, id))
    .orderBy(desc(capabilityVersion.version))
    .limit(MOST_VERSIONS);
  return rows.map(({ version: { version, endedAt, row }, person: by }) => {
    const was = row as typeof capability.$inferSelect;
    return {
      version,
      endedAt,
      by: by ?? '',
      range: rangeOf(was),
      uncertainty: uncertaintyOf(was),
      k: was.coverageFactor,
      confidence: was.confidence,
      designation: was.designation,
    };
  });
}

/** The row as a person would write it, and what hangs on it. @throws Problem not_found */
export const viewRow = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string | null) =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const accreditations = await accreditationsOf(q, centre.id, clock());
    if (id === null)
      return {
        text: { k: String(USUAL_K) } as RowText,
        accreditationId: null,
        ...ALWAYS,
        signature: '',
        services: 0,
        accreditations,
        versions: [],
      };
    const row = await rowOf(q, centre.id, id);
    const [links] = await q.select({ count: countAll() }).from(serviceCapability).where(eq(serviceCapability.capabilityId, id));
    const text = rowTextOf(row);
    const { accreditationId, validFrom, validUntil } = row;
    const versions = await versionsOf(q, id);
    return {
      text,
      accreditationId,
      validFrom,
      validUntil,
      signature: signatureOf(row),
      services: links?.count ?? 0,
      accreditations,
      versions,
    };
  });

const ALWAYS: Validity = { validFrom: null, validUntil: null };

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
 * the centre states that range already for some of that time, {field: 'validUntil'} when it ends before it begins
 */
export async function saveRow(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
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
    if (input.accreditationId !== null && !held.some(({ id }) => id === input.accreditationId)) throw new Problem('not_found');
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
      const sold = await soldGroups(tx, centre.id);
      await tx.insert(capability).values({ ...values, id, centreId: centre.id, createdAt: now });
      for (const service of await joinServices(tx, sold, [{ ...values, id }])) await announce(tx, 'service', service, now);
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
export async function removeRow({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string): Promise<void> {
  requireRight(actor, 'scope.state');
  await db.write(async (tx) => {
    const now = clock();
    const centre = await centreOf(tx, actor);
    await rowOf(tx, centre.id, id);
    const services = await removeRows(tx, [id], { personId: actor.personId, endedAt: now });
    await announce(tx, 'capability', id, now);
    for (const service of services) await announce(tx, 'service', service, now);
    await audit(tx, { chain: `centre:${centre.id}`, actorId: actor.personId, action: 'capability_removed', data: { id } }, now);
  });
}
