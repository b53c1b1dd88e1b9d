import { and, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { queueMail } from '#app/core/mail.server.ts';
import type { Handlers } from '#app/core/outbox.server.ts';
import { serviceWithCentre } from '#app/modules/catalogue/service-facts.server.ts';
import { placeOfCentre } from '#app/modules/centres/centre-facts.server.ts';
import { enquirySubject } from '#app/modules/enquiries/enquiry-row.server.ts';
import { membersOf } from '#app/modules/identity/members-of.server.ts';
import { organisationOf } from '#app/modules/identity/organisations.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { orderById } from '#app/modules/orders/order-row.server.ts';
import type { Queries } from '#db/queries.ts';
import { conversation, messageUnread } from '#db/schema/messages.ts';
import type { Conversation } from './conversation-row.server.ts';
import { hasWritten } from './send-message.server.ts';

type Notice = { conversationId: string; personId: string; organisationId: string };

/** Writes about what is unread still; what was read meanwhile, or by somebody who has left, needs no letter. */
export const mailUnread = ({ db, clock }: Pick<Deps, 'db' | 'clock'>): Handlers => ({
  message_notice: async (payload, { id, done }) => {
    const { conversationId, personId, organisationId } = payload as Notice;
    const unread = await db.read((q) => unreadOf(q, { conversationId, personId, organisationId }));
    if (!unread) return;
    await done((tx) => queueMail(tx, { kind: 'message_waiting', ...unread, dedupeKey: `message_waiting:${id}` }, clock()));
  },
});

async function unreadOf(q: Queries, { conversationId, personId, organisationId }: Notice) {
  const [found] = await q
    .select({ at: conversation, count: messageUnread.count })
    .from(messageUnread)
    .innerJoin(conversation, eq(conversation.id, messageUnread.conversationId))
    .where(
      and(
        eq(messageUnread.conversationId, conversationId),
        eq(messageUnread.personId, personId),
        eq(messageUnread.organisationId, organisationId),
      ),
    );
  if (!found) return null;
  const side = found.at.buyerId === organisationId ? 'buyer' : 'centre';
  const to = await addressee(q, found.at, side, { personId, organisationId });
  if (!to) return null;
  const from = side === 'buyer' ? await placeOfCentre(q, found.at.centreId) : await organisationOf(q, found.at.buyerId);
  const facts = {
    ...(await subjectOf(q, found.at)),
    fromZh: from?.nameZh ?? '',
    fromEn: from?.nameEn ?? '',
    count: found.count,
    link: `/messages/${conversationId}`,
  };
  return { to: to.email, locale: to.locale, facts };
}

/** Whom it concerns: who booked, who decides on orders, who has written in it; of a firm without any of them everybody. */
async function addressee(q: Queries, at: Conversation, side: 'buyer' | 'centre', who: { personId: string; organisationId: string }) {
  const members = await membersOf(q, who.organisationId);
  const to = members.find(({ id }) => id === who.personId);
  if (!to) return null;
  if (await hasWritten(q, at.id, to.id)) return to;
  if (side === 'centre') return can({ organisationKind: 'centre', role: to.role }, 'order.decide') ? to : null;
  const booker = at.orderId === null ? null : (await orderById(q, at.orderId)).personId;
  if (booker === to.id) return to;
  return members.some(({ id }) => id === booker) ? null : to;
}

async function subjectOf(q: Queries, { orderId, serviceId, enquiryId }: Conversation) {
  if (orderId !== null) {
    const { number, snapshot } = await orderById(q, orderId);
    return { number, serviceZh: snapshot.nameZh, serviceEn: snapshot.nameEn };
  }
  if (enquiryId !== null) {
    const subject = (await enquirySubject(q, enquiryId)) ?? '';
    return { number: '', serviceZh: subject, serviceEn: subject };
  }
  const found = await serviceWithCentre(q, serviceId ?? '');
  return { number: '', serviceZh: found?.service.nameZh ?? '', serviceEn: found?.service.nameEn ?? '' };
}
