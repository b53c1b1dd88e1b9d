import { and, desc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { subjectLine } from '#app/modules/enquiries/enquiry-row.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { enquiry } from '#db/schema/enquiries.ts';
import { organisation } from '#db/schema/identity.ts';
import { conversation, messageUnread } from '#db/schema/messages.ts';
import { orders } from '#db/schema/orders.ts';
import { beyond, pageOf } from './pages.ts';

const PER_PAGE = 30;

/**
 * The conversations of the actor's organisation, the one written in last first, with how many messages the person has not seen in each.
 * @param cursor as `nextCursor` gave it; anything else begins at the newest
 * @throws Problem not_found, forbidden
 */
export async function listConversations({ db }: Pick<Deps, 'db'>, actor: Actor, cursor = '') {
  requireRight(actor, 'message.read');
  const buying = actor.organisationKind === 'sme';
  const { lastAt } = conversation;
  return db.read(async (q) => {
    const own = q.select({ id: centre.id }).from(centre).where(eq(centre.organisationId, actor.organisationId));
    const rows = await q
      .select({
        id: conversation.id,
        lastAt,
        number: orders.number,
        snapshot: orders.snapshot,
        service: { nameZh: service.nameZh, nameEn: service.nameEn },
        enquiry: { said: enquiry.said, text: enquiry.text },
        other: buying ? { nameZh: centre.nameZh, nameEn: centre.nameEn } : { nameZh: organisation.nameZh, nameEn: organisation.nameEn },
        timeZone: centre.timeZone,
        unread: messageUnread.count,
      })
      .from(conversation)
      .innerJoin(centre, eq(centre.id, conversation.centreId))
      .innerJoin(organisation, eq(organisation.id, conversation.buyerId))
      .leftJoin(orders, eq(orders.id, conversation.orderId))
      .leftJoin(service, eq(service.id, conversation.serviceId))
      .leftJoin(enquiry, eq(enquiry.id, conversation.enquiryId))
      .leftJoin(
        messageUnread,
        and(
          eq(messageUnread.conversationId, conversation.id),
          eq(messageUnread.personId, actor.personId),
          eq(messageUnread.organisationId, actor.organisationId),
        ),
      )
      .where(
        and(
          buying ? eq(conversation.buyerId, actor.organisationId) : inArray(conversation.centreId, own),
          beyond(cursor, lastAt, conversation.id),
        ),
      )
      .orderBy(desc(lastAt), desc(conversation.id))
      .limit(PER_PAGE + 1);
    const { shown, nextCursor } = pageOf(rows, PER_PAGE, (row) => row.lastAt);
    return {
      conversations: shown.map(({ snapshot, service: of, enquiry: asked, ...row }) => ({
        ...row,
        service: snapshot ? { nameZh: snapshot.nameZh, nameEn: snapshot.nameEn } : (of ?? named(asked)),
        unread: row.unread ?? 0,
      })),
      nextCursor,
    };
  });
}

function named(asked: Parameters<typeof subjectLine>[0] | null) {
  const subject = asked && subjectLine(asked);
  return subject === null ? null : { nameZh: subject, nameEn: subject };
}
