import { asc, eq } from 'drizzle-orm';
import type { Queries } from '#db/queries.ts';
import { accreditation } from '#db/schema/centres.ts';
import { checkStep } from './check-rules.ts';

/** The centre's accreditations a row may be put under, each with where it stands. */
export const accreditationsOf = async (q: Queries, centreId: string, now: number) => {
  const { id, kind, number, validFrom, validUntil, checkState, evidenceId } = accreditation;
  const held = await q
    .select({ id, kind, number, validFrom, validUntil, checkState, evidenceId })
    .from(accreditation)
    .where(eq(accreditation.centreId, centreId))
    .orderBy(asc(kind), asc(id));
  return held.map((one) => ({
    ...{ id: one.id, kind: one.kind, number: one.number, validFrom: one.validFrom, validUntil: one.validUntil },
    step: checkStep(one, now),
    coming: now < one.validFrom,
  }));
};
