import { and, eq, gt, isNotNull, lt } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import { managersOf } from '#app/modules/identity/managers.server.ts';
import type { Queries } from '#db/queries.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { standingInTime, WARNING_DAYS, warningDue } from './standing.ts';

const DAY_MS = 86_400_000;

/** Writes to the managers of centres whose accreditation ends, once at each threshold. @returns how many warnings went out */
export async function warnOfEnds({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = clock();
  const soon = await db.read((q) =>
    q
      .select({ id: accreditation.id })
      .from(accreditation)
      .innerJoin(centre, eq(centre.id, accreditation.centreId))
      .where(
        and(
          isNotNull(centre.organisationId),
          lt(accreditation.validUntil, now + (WARNING_DAYS[0] + 1) * DAY_MS),
          gt(accreditation.validUntil, now - 30 * DAY_MS),
        ),
      ),
  );
  let sent = 0;
  // A transaction each: who saves one meanwhile is seen, and two processes send one warning.
  for (const { id } of soon) if (await db.write((tx) => warn(tx, id, now))) sent += 1;
  return sent;
}

async function warn(tx: Queries, id: string, now: number): Promise<boolean> {
  const [found] = await tx
    .select({ accreditation, organisationId: centre.organisationId, timeZone: centre.timeZone })
    .from(accreditation)
    .innerJoin(centre, eq(centre.id, accreditation.centreId))
    .where(eq(accreditation.id, id));
  if (!found?.organisationId) return false;
  const held = found.accreditation;
  const due = warningDue(held, now);
  if (due === null) return false;
  await tx.update(accreditation).set({ warnedDays: due }).where(eq(accreditation.id, id));
  const managers = await managersOf(tx, found.organisationId);
  const facts = {
    kind: held.kind,
    number: held.number,
    until: held.validUntil,
    daysLeft: standingInTime(held, now).daysLeft,
    ended: due === 0,
    timeZone: found.timeZone,
    link: `/centre/accreditations/${id}`,
  };
  for (const to of managers)
    await queueMail(
      tx,
      {
        kind: 'accreditation_due',
        to: to.email,
        locale: to.locale,
        facts,
        dedupeKey: `accreditation_due:${id}:${held.validUntil}:${due}:${to.id}`,
      },
      now,
    );
  return true;
}
