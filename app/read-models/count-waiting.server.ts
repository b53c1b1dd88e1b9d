import { sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { can } from '#app/modules/identity/policy.ts';
import { countUnread } from '#app/modules/messages/mark-read.server.ts';
import { prepare } from '#db/queries.ts';
import { centre } from '#db/schema/centres.ts';
import { enquiry } from '#db/schema/enquiries.ts';
import { messageUnread } from '#db/schema/messages.ts';

/** No further is counted: over this the number says no more. */
const MOST = 100;

/** `unread` messages the person has not seen, null for who reads none; `enquiries` that the actor's centre has yet to answer. */
export type Waiting = { unread: number | null; enquiries: number };

/** What waits for somebody, for every page: one statement, for a centre with its enquiries. */
export async function countWaiting(deps: Pick<Deps, 'db'>, actor: Actor): Promise<Waiting> {
  if (!can(actor, 'message.read')) return { unread: null, enquiries: 0 };
  const { personId, organisationId } = actor;
  if (actor.organisationKind !== 'centre') return { unread: await countUnread(deps, personId, organisationId), enquiries: 0 };
  const [found] = await deps.db.read((q) =>
    prepare(q, 'waiting_of_centre', (p) => {
      const own = p
        .select({ id: centre.id })
        .from(centre)
        .where(sql`${centre.organisationId} = ${sql.placeholder('organisationId')}`);
      const open = p
        .select({ one: sql`1` })
        .from(enquiry)
        .where(sql`${enquiry.centreId} in ${own} and ${enquiry.state} = 'open'`)
        .limit(MOST);
      const mine = sql`${messageUnread.personId} = ${sql.placeholder('personId')} and ${messageUnread.organisationId} = ${sql.placeholder('organisationId')}`;
      return p
        .select({
          unread: sql<number>`coalesce(sum(${messageUnread.count}), 0)`.mapWith(Number),
          enquiries: sql<number>`(select count(*) from ${open} as open_ones)`.mapWith(Number),
        })
        .from(messageUnread)
        .where(mine);
    }).execute({ personId, organisationId }),
  );
  return found ?? { unread: 0, enquiries: 0 };
}
