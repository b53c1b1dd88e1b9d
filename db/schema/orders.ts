/** Orders: how far they are and whether they are paid, what was sold, to whom, and their timeline. */
import { bool, cents, id, index, instant, int, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import type { CancelPolicy, DeliveryMode, Operation } from './catalogue.ts';
import { service } from './catalogue.ts';
import { centre } from './centres.ts';
import { organisation, person } from './identity.ts';

/** What was agreed, and how that ended. */
export type OrderState = 'requested' | 'held' | 'confirmed' | 'declined' | 'cancelled' | 'expired';
/** How far the work on a confirmed order is: what its jobs say. */
export type WorkProgress = 'confirmed' | 'received' | 'in_service' | 'reported' | 'closed';
/** What an order shows: its state, and once it is confirmed its work. */
export type Progress = OrderState | WorkProgress;
export type PaymentState = 'unpaid' | 'processing' | 'paid' | 'part_refunded' | 'refunded';

/**
 * One line of the bill; net amounts in 分, negative for what is taken off. `key` is a message of the orders area, `label` what of its
 * kind was chosen: the range, the zone.
 */
export type PriceLine = {
  key: 'unit' | 'points' | 'setup' | 'travel' | 'courier' | 'expedite' | 'member' | 'park';
  quantity: number;
  unitNet: number;
  net: number;
  label?: { zh: string; en: string };
};
export type Address = { recipient: string; phone: string; line: string };
/** What was sold, as it was on the day: later changes to the listing leave the order alone. */
export type ServiceSnapshot = {
  version: number;
  slug: string;
  nameZh: string;
  nameEn: string;
  family: string;
  specification: string;
  unit: string;
  turnaroundDays: number;
  poolIds: string[];
  /** All that was claimed, the ways and the buffer too: what is claimed again when money comes late. */
  minutes: number;
  /** Of shared equipment; with `trained_user` the buyer has declared that a trained user runs it. */
  operation?: Operation;
  /** Of those, each way to the buyer's. */
  travelMinutes?: number;
  /** Of those, kept free behind the work. */
  bufferMinutes?: number;
  /** Measuring points per piece, where the service counts them. */
  points?: number;
  /** Booked for a date of a course: its seats, and none who teaches, for that is the date's. */
  dated?: true;
};

export const orders = table(
  'orders',
  {
    id: id().primaryKey(),
    /** Short, readable, not guessable: HJ-7K2M-Q9XD. */
    number: text().notNull(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    serviceId: id()
      .notNull()
      .references(() => service.id),
    buyerId: id()
      .notNull()
      .references(() => organisation.id),
    personId: id()
      .notNull()
      .references(() => person.id),
    progress: text().$type<Progress>().notNull(),
    payment: text().$type<PaymentState>().notNull(),
    snapshot: json().$type<ServiceSnapshot>().notNull(),
    quantity: int().notNull(),
    startAt: instant().notNull(),
    endAt: instant().notNull(),
    timeZone: text().notNull(),
    deliveryMode: text().$type<DeliveryMode>().notNull(),
    address: json().$type<Address | null>(),
    notes: text().notNull().default(''),
    purchaseOrder: text().notNull().default(''),
    expedited: bool().notNull().default(false),
    currency: text().notNull().default('cny'),
    lines: json().$type<PriceLine[]>().notNull(),
    net: cents().notNull(),
    vatBasisPoints: int().notNull(),
    vat: cents().notNull(),
    gross: cents().notNull(),
    refunded: cents().notNull().default(0),
    cancelPolicy: json().$type<CancelPolicy>().notNull(),
    holdExpiresAt: instant(),
    decisionDueAt: instant(),
    decisionReason: text().notNull().default(''),
    /** When the work on the first of its pieces began: from then on it stays where it is, and the buyer cannot cancel. */
    workBegunAt: instant(),
    /** What the buyer sent with the form, once: a second submit of it finds this order. */
    submissionKey: text().notNull(),
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('orders_number').on(t.number),
    // The key first: it is time-ordered, so that bookings of the same minute write the same page.
    uniqueIndex('orders_submission').on(t.submissionKey, t.buyerId),
    index('orders_centre').on(t.centreId, t.progress, t.startAt),
    // A buyer's list in its order, each tab of it, and what they come to: from the index alone.
    index('orders_of_buyer').on(t.buyerId, t.createdAt, t.id, t.progress, t.gross),
    index('orders_hold').on(t.progress, t.holdExpiresAt),
  ],
);

/** How much a buyer holds and has not paid, kept with every change of an order: a hold is judged by one row. */
export const unpaidHolds = table('unpaid_holds', {
  buyerId: id()
    .primaryKey()
    .references(() => organisation.id),
  orders: int().notNull(),
  /** Of all pools these orders stand in. */
  minutes: int().notNull(),
  /** Grows with every order and every change of one: while it stays, what was counted of the buyer's orders holds. */
  changes: int().notNull().default(0),
});

export const orderItem = table(
  'order_item',
  {
    orderId: id().notNull(),
    position: int().notNull(),
    name: text().notNull(),
    maker: text().notNull().default(''),
    model: text().notNull().default(''),
    serial: text().notNull().default(''),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.position] })],
);

export const orderEvent = table(
  'order_event',
  {
    id: id().notNull(),
    orderId: id()
      .notNull()
      .references(() => orders.id),
    at: instant().notNull(),
    /** A key of the orders area: held, paid, received … */
    kind: text().notNull(),
    actorId: id(),
    data: json().$type<Record<string, string | number>>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.orderId, t.id] })],
);

/** Somebody waits for an earlier time of a service: for a booking there is, or for one to be made. */
export const waitingPlace = table(
  'waiting_place',
  {
    id: id().primaryKey(),
    centreId: id().notNull(),
    serviceId: id()
      .notNull()
      .references(() => service.id),
    buyerId: id().notNull(),
    personId: id().notNull(),
    /** The booking to be moved; empty: one is to be made. */
    orderId: id().references(() => orders.id),
    quantity: int().notNull(),
    /** Starts from `fromAt` on and before `beforeAt` are wanted. */
    fromAt: instant().notNull(),
    beforeAt: instant().notNull(),
    state: text().$type<'waiting' | 'offered' | 'taken' | 'ended'>().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    index('waiting_place_service').on(t.serviceId, t.state, t.createdAt),
    index('waiting_place_buyer').on(t.buyerId, t.state),
    index('waiting_place_order').on(t.orderId),
  ],
);

/** A time kept for one buyer up to a deadline: a freed slot for who waits, or a move the buyer is asked about. Its claims stand under its id. */
export const slotOffer = table(
  'slot_offer',
  {
    id: id().primaryKey(),
    kind: text().$type<'waiting' | 'move'>().notNull(),
    centreId: id().notNull(),
    serviceId: id().notNull(),
    buyerId: id().notNull(),
    waitingId: id(),
    orderId: id(),
    quantity: int().notNull(),
    startAt: instant().notNull(),
    endAt: instant().notNull(),
    expiresAt: instant().notNull(),
    state: text().$type<'open' | 'taken' | 'declined' | 'expired'>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('slot_offer_open').on(t.state, t.expiresAt),
    index('slot_offer_order').on(t.orderId),
    index('slot_offer_buyer').on(t.buyerId, t.state),
    index('slot_offer_waiting').on(t.waitingId),
  ],
);
