import { and, desc, eq, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { asId, newId } from '#app/core/ids.server.ts';
import { enquirySubject } from '#app/modules/enquiries/enquiry-row.server.ts';
import { can, requireRight } from '#app/modules/identity/policy.ts';
import { type About, type Standing, standingIn } from '#app/modules/messages/conversation-row.server.ts';
import { fitOnPage, READ_FOR_PAGE } from '#app/modules/messages/message-rules.ts';
import { stateOf } from '#app/modules/orders/machines.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation, person } from '#db/schema/identity.ts';
import { message } from '#db/schema/messages.ts';
import { orders } from '#db/schema/orders.ts';

/**
 * A conversation as one of its sides sees it: what it is about, with whom, and its newest messages, or those before one of them.
 * @param before a message's id
 * @throws Problem not_found for everybody else; forbidden
 */
export async function viewConversation({ db }: Pick<Deps, 'db'>, actor: Actor, about: About, before?: string) {
  requireRight(actor, 'message.read');
  return db.read(async (q) => {
    const { side, parties, conversation } = await standingIn(q, actor, about);
    const [buyer] = await buyerOf(q, parties.buyerId);
    const [of] = await centreOf(q, parties.centreId);
    const subject = await subjectOf(q, parties);
    const rows = conversation ? await newest(q, conversation.id, before) : [];
    const shown = rows.slice(0, fitOnPage(rows));
    const readByOther = (side === 'buyer' ? conversation?.readByCentre : conversation?.readByBuyer) ?? '';
    return {
      id: conversation?.id ?? null,
      side,
      subject,
      other: side === 'buyer' ? (of ?? null) : (buyer ?? null),
      centreSlug: of?.slug ?? '',
      timeZone: of?.timeZone ?? 'Asia/Shanghai',
      /** Of the centre, for the buyer of a confirmed order. */
      phone: (side === 'buyer' && subject.confirmed && of?.phone) || '',
      messages: shown.map((row) => ({ ...row, own: row.side === side, seen: row.side === side && row.id <= readByOther })).reverse(),
      older: shown.length < rows.length ? (shown.at(-1)?.id ?? null) : null,
      newestId: before === undefined ? (shown[0]?.id ?? null) : null,
      writes: can(actor, 'message.write'),
      once: newId(),
    };
  });
}

export type ConversationView = Awaited<ReturnType<typeof viewConversation>>;
export type ConversationAround = Omit<ConversationView, 'messages'>;

const buyerOf = (q: Queries, id: string) =>
  prepare(q, 'conversation_buyer', (p) =>
    p
      .select({ nameZh: organisation.nameZh, nameEn: organisation.nameEn })
      .from(organisation)
      .where(eq(organisation.id, sql.placeholder('id'))),
  ).execute({ id });

const centreOf = (q: Queries, id: string) =>
  prepare(q, 'conversation_centre', (p) =>
    p
      .select({ nameZh: centre.nameZh, nameEn: centre.nameEn, slug: centre.slug, phone: centre.phone, timeZone: centre.timeZone })
      .from(centre)
      .where(eq(centre.id, sql.placeholder('id'))),
  ).execute({ id });

/** Behind every id, in every order of letters: they begin with a digit or a letter up to f. */
const LAST_ID = 'z';

const newest = (q: Queries, conversationId: string, before = LAST_ID) =>
  prepare(q, 'conversation_newest', (p) =>
    p
      .select({
        id: message.id,
        side: message.side,
        text: message.text,
        files: message.files,
        at: message.createdAt,
        by: person.name,
      })
      .from(message)
      .leftJoin(person, eq(person.id, message.personId))
      .where(and(eq(message.conversationId, sql.placeholder('conversationId')), lt(message.id, sql.placeholder('before'))))
      .orderBy(desc(message.id))
      .limit(READ_FOR_PAGE),
  ).execute({ conversationId, before: before === LAST_ID ? before : asId(before) });

const orderOf = (q: Queries, id: string) =>
  prepare(q, 'conversation_order', (p) =>
    p
      .select({ number: orders.number, snapshot: orders.snapshot, progress: orders.progress })
      .from(orders)
      .where(eq(orders.id, sql.placeholder('id'))),
  ).execute({ id });

const serviceOf = (q: Queries, id: string) =>
  prepare(q, 'conversation_service', (p) =>
    p
      .select({ nameZh: service.nameZh, nameEn: service.nameEn, slug: service.slug, status: service.status })
      .from(service)
      .where(eq(service.id, sql.placeholder('id'))),
  ).execute({ id });

/** `onSale`: whether its page is there; the conversation is, either way. */
async function subjectOf(q: Queries, { orderId, serviceId, enquiryId }: Standing['parties']) {
  if (orderId !== null) {
    const [order] = await orderOf(q, orderId);
    const { nameZh = '', nameEn = '', slug = '' } = order?.snapshot ?? {};
    const confirmed = order !== undefined && stateOf(order.progress) === 'confirmed';
    return { number: order?.number ?? null, enquiryId: null, nameZh, nameEn, slug, onSale: false, confirmed };
  }
  if (enquiryId !== null) {
    const said = (await enquirySubject(q, enquiryId)) ?? '';
    return { number: null, enquiryId, nameZh: said, nameEn: said, slug: '', onSale: false, confirmed: false };
  }
  const [found] = await serviceOf(q, serviceId ?? '');
  const { nameZh = '', nameEn = '', slug = '', status } = found ?? {};
  return { number: null, enquiryId: null, nameZh, nameEn, slug, onSale: status === 'published', confirmed: false };
}
