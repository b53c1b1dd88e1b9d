/** What buyers and centres write to each other: a conversation about an order, about a service before there is one, or about an enquiry. */
import { id, index, instant, int, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { service } from './catalogue.ts';
import { centre } from './centres.ts';
import { enquiry } from './enquiries.ts';
import { organisation } from './identity.ts';
import { orders } from './orders.ts';

export type MessageSide = 'buyer' | 'centre';
export type MessageFile = { id: string; name: string; size: number };

/** About one of the three; a service has one with every firm that asks. It outlives the service's sale. */
export const conversation = table(
  'conversation',
  {
    id: id().primaryKey(),
    orderId: id().references(() => orders.id),
    serviceId: id().references(() => service.id),
    enquiryId: id().references(() => enquiry.id),
    buyerId: id()
      .notNull()
      .references(() => organisation.id),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** The newest message that somebody of that side has seen; empty: none. */
    readByBuyer: text().notNull().default(''),
    readByCentre: text().notNull().default(''),
    createdAt: instant().notNull(),
    lastAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('conversation_order').on(t.orderId),
    uniqueIndex('conversation_enquiry').on(t.enquiryId),
    uniqueIndex('conversation_service').on(t.serviceId, t.buyerId),
    index('conversation_buyer').on(t.buyerId, t.lastAt),
    index('conversation_centre').on(t.centreId, t.lastAt),
  ],
);

export const message = table(
  'message',
  {
    id: id().primaryKey(),
    conversationId: id()
      .notNull()
      .references(() => conversation.id),
    side: text().$type<MessageSide>().notNull(),
    organisationId: id().notNull(),
    personId: id().notNull(),
    text: text().notNull(),
    files: json().$type<MessageFile[]>().notNull(),
    /** Of the form and what it held: sent a second time, it is the same message. */
    once: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('message_conversation').on(t.conversationId, t.id), uniqueIndex('message_once').on(t.conversationId, t.once)],
);

/** What a person has not seen yet, so that the number in the header of every page is read from a handful of rows. */
export const messageUnread = table(
  'message_unread',
  {
    personId: id().notNull(),
    organisationId: id().notNull(),
    conversationId: id()
      .notNull()
      .references(() => conversation.id),
    count: int().notNull(),
    firstId: id().notNull(),
    firstAt: instant().notNull(),
    lastId: id().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.personId, t.organisationId, t.conversationId] }),
    index('message_unread_conversation').on(t.conversationId),
  ],
);
