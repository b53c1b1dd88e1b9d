/** The link by which phones and desks subscribe to a centre's bookings (read-models/read-feed.server.ts). */
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newSecret } from '#app/core/ids.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { hashOfSecret } from '#app/modules/identity/secrets.server.ts';
import type { Queries } from '#db/queries.ts';
import { calendarFeed } from '#db/schema/notices.ts';

/** A new link for the actor; the one there was ends. @returns the secret it carries, which is not kept @throws Problem not_found */
export async function openFeed({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor): Promise<string> {
  requireRight(actor, 'centre.view');
  const secret = newSecret();
  await db.write(async (tx) => {
    await remove(tx, actor);
    const { organisationId, personId } = actor;
    await tx.insert(calendarFeed).values({ secretHash: hashOfSecret(secret), organisationId, personId, createdAt: clock() });
  });
  return secret;
}

export const closeFeed = ({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<void> => db.write((tx) => remove(tx, actor));

export const hasFeed = ({ db }: Pick<Deps, 'db'>, actor: Actor): Promise<boolean> =>
  db.read(async (q) => (await q.select({ at: calendarFeed.createdAt }).from(calendarFeed).where(ownedBy(actor))).length > 0);

const ownedBy = ({ organisationId, personId }: Actor) =>
  and(eq(calendarFeed.organisationId, organisationId), eq(calendarFeed.personId, personId));

async function remove(tx: Queries, actor: Actor): Promise<void> {
  await tx.delete(calendarFeed).where(ownedBy(actor));
}
