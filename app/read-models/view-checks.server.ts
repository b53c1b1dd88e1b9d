/** Accreditations as the operator checks them. */

import { and, asc, desc, eq, gt, inArray, isNotNull, ne, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type CheckedFile, type FileStore, readStored } from '#app/core/files.server.ts';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { checkStep } from '#app/modules/centres/accreditation/check-rules.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';
import { accreditation, centre, verificationRequest } from '#db/schema/centres.ts';
import { storedFile } from '#db/schema/core.ts';
import { person } from '#db/schema/identity.ts';

/** So many of each on one page: what waits is worked off, what is decided is looked up by its centre. */
const MOST_LISTED = 200;
/** Instruments named of the rows stated under one. */
const INSTRUMENTS_NAMED = 12;

const listed = (q: Queries) =>
  q
    .select({ held: accreditation, centre: { nameZh: centre.nameZh, nameEn: centre.nameEn, timeZone: centre.timeZone } })
    .from(accreditation)
    .innerJoin(centre, eq(centre.id, accreditation.centreId));

/** What `waits` says, for the database. */
const waiting = (now: number) =>
  and(
    eq(accreditation.checkState, 'stated'),
    isNotNull(accreditation.evidenceId),
    isNotNull(centre.organisationId),
    // Nobody knows yet whose accreditation that is.
    eq(centre.preparing, false),
    ne(accreditation.kind, 'internal'),
    gt(accreditation.validUntil, now),
  );

/** What waits, the longest waiting first, and what is decided, the latest first. @throws Problem not_found for who is no operator */
export const listChecks = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, operator: Actor) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'accreditation.check');
    const now = clock();
    // What was stated before its time was kept has waited longest.
    const statedAt = sql`coalesce(${accreditation.statedAt}, 0)`;
    const rows = await listed(q).where(waiting(now)).orderBy(asc(statedAt), asc(accreditation.id)).limit(MOST_LISTED);
    const decided = await listed(q)
      .where(inArray(accreditation.checkState, ['accepted', 'refused']))
      .orderBy(desc(accreditation.checkedAt), desc(accreditation.id))
      .limit(MOST_LISTED);
    const shown = ({ held, centre: of }: (typeof rows)[number]) => {
      const { id, kind, number, validUntil, statedAt, checkedAt } = held;
      return { id, kind, number, validUntil, statedAt, checkedAt, centre: of, step: checkStep(held, now) };
    };
    return { waiting: rows.map(shown), decided: decided.map(shown) };
  });

/** How much of each kind waits for the operator. @throws Problem not_found for who is no operator */
export const countWaiting = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, operator: Actor) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'accreditation.check');
    const [requests] = await q.select({ count: countAll() }).from(verificationRequest).where(eq(verificationRequest.state, 'waiting'));
    const [accreditations] = await q
      .select({ count: countAll() })
      .from(accreditation)
      .innerJoin(centre, eq(centre.id, accreditation.centreId))
      .where(waiting(clock()));
    return { requests: requests?.count ?? 0, accreditations: accreditations?.count ?? 0 };
  });

/** One beside its certificate and the rows stated under it. @throws Problem not_found for who is no operator and for no such accreditation */
export const viewCheck = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, operator: Actor, id: string) =>
  db.read(async (q) => {
    await mustBeOperator(q, operator, 'accreditation.check');
    const [found] = await q
      .select({
        held: accreditation,
        centre,
        certificate: { id: storedFile.id, name: storedFile.name, type: storedFile.type },
        checkedBy: person.name,
      })
      .from(accreditation)
      .innerJoin(centre, eq(centre.id, accreditation.centreId))
      .leftJoin(storedFile, eq(storedFile.id, accreditation.evidenceId))
      .leftJoin(person, eq(person.id, accreditation.checkedBy))
      .where(eq(accreditation.id, asId(id)));
    if (!found || found.held.kind === 'internal') throw new Problem('not_found');
    const rows = await q
      .select({ instrumentZh: capability.instrumentZh, instrumentEn: capability.instrumentEn, count: countAll() })
      .from(capability)
      .where(eq(capability.accreditationId, found.held.id))
      .groupBy(capability.instrumentZh, capability.instrumentEn)
      .orderBy(asc(capability.instrumentZh));
    return {
      ...found,
      step: checkStep(found.held, clock()),
      rows: rows.reduce((sum, { count }) => sum + count, 0),
      instruments: rows.slice(0, INSTRUMENTS_NAMED),
      moreInstruments: Math.max(0, rows.length - INSTRUMENTS_NAMED),
    };
  });

/** The certificate that was shown: another one brought meanwhile has another address. @throws Problem not_found */
export async function readCertificate(
  deps: Pick<Deps, 'db'> & { files: FileStore },
  operator: Actor,
  id: string,
  fileId: string,
): Promise<CheckedFile> {
  const [found] = await deps.db.read(async (q) => {
    await mustBeOperator(q, operator, 'accreditation.check');
    return q
      .select({ evidenceId: accreditation.evidenceId, organisationId: centre.organisationId })
      .from(accreditation)
      .innerJoin(centre, eq(centre.id, accreditation.centreId))
      .where(eq(accreditation.id, asId(id)));
  });
  if (!found?.organisationId || found.evidenceId === null || found.evidenceId !== fileId) throw new Problem('not_found');
  return readStored(deps, found.organisationId, fileId);
}
