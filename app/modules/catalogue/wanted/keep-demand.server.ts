import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import type { Locale } from '#app/core/mail.server.ts';
import { Problem } from '#app/core/problem.ts';
import { countDemand } from '#app/modules/identity/limits.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { waitingDemand } from '#db/schema/catalogue.ts';
import { type Asked, MOST_DEMANDS } from './demand.ts';

/**
 * Keeps what somebody looked for in vain, to write to them when a centre can do it. Keeping it twice is keeping it once.
 * @param said the search as the person reads it
 * @throws Problem invalid_form {reason: too_many} when as many wait as one person may have; too_many_tries for more than a day's
 */
export async function keepDemand(
  { db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>,
  actor: Actor,
  input: Asked & { said: string; locale: Locale },
): Promise<void> {
  requireRight(actor, 'demand.keep');
  const { personId } = actor;
  await countDemand({ db, clock, log }, personId);
  await db.write(async (tx) => {
    const waiting = await tx
      .select({ search: waitingDemand.search, asked: waitingDemand.asked })
      .from(waitingDemand)
      .where(and(eq(waitingDemand.personId, personId), isNull(waitingDemand.metAt)));
    if (waiting.some(({ search, asked }) => search === input.search && asked === input.asked)) return;
    if (waiting.length >= MOST_DEMANDS) throw new Problem('invalid_form', { field: 'asked', reason: 'too_many' });
    await tx
      .insert(waitingDemand)
      .values({ ...input, id: newId(), personId, organisationId: actor.organisationId || null, createdAt: clock() });
  });
}
