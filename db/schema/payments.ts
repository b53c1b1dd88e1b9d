/** Money: attempts at the gateway, refunds, disputes, payouts, the webhook inbox, and the double-entry ledger. */
import { cents, id, index, instant, int, json, primaryKey, table, text, uniqueIndex } from '../columns.ts';
import { orders } from './orders.ts';

/** One checkout at the gateway. Row and key exist before the gateway is called, so a crash in between is found again. */
export const paymentAttempt = table(
  'payment_attempt',
  {
    id: id().primaryKey(),
    orderId: id()
      .notNull()
      .references(() => orders.id),
    attempt: int().notNull(),
    idempotencyKey: text().notNull(),
    parameters: json().$type<Record<string, unknown>>().notNull(),
    state: text().$type<'starting' | 'open' | 'processing' | 'paid' | 'failed' | 'expired'>().notNull(),
    gatewaySession: text(),
    gatewayPayment: text(),
    url: text(),
    method: text(),
    amount: cents().notNull(),
    currency: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('payment_attempt_once').on(t.orderId, t.attempt),
    uniqueIndex('payment_attempt_session').on(t.gatewaySession),
    index('payment_attempt_state').on(t.state, t.expiresAt),
  ],
);

export const refund = table(
  'refund',
  {
    id: id().primaryKey(),
    orderId: id()
      .notNull()
      .references(() => orders.id),
    attemptId: id()
      .notNull()
      .references(() => paymentAttempt.id),
    amount: cents().notNull(),
    reason: text().notNull(),
    idempotencyKey: text().notNull(),
    /** `waiting`: for the bank to decide a dispute; `void`: the bank gave the money back itself. */
    state: text().$type<'waiting' | 'starting' | 'pending' | 'succeeded' | 'failed' | 'void'>().notNull(),
    gatewayRefund: text(),
    failure: text(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('refund_key').on(t.idempotencyKey), index('refund_order').on(t.orderId), index('refund_state').on(t.state)],
);

export type DisputeState = 'open' | 'won' | 'lost';

/** A buyer's bank disputes a payment; one row per dispute of the gateway, under the id it has there. */
export const dispute = table(
  'dispute',
  {
    id: text().primaryKey(),
    orderId: id()
      .notNull()
      .references(() => orders.id),
    state: text().$type<DisputeState>().notNull(),
    amount: cents().notNull(),
    currency: text().notNull(),
    createdAt: instant().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index('dispute_order').on(t.orderId)],
);

export type PayoutState = 'pending' | 'transferred' | 'blocked' | 'reversed';

/** What goes to the centre of an order's money. An order nobody has asked a payout for has no row. */
export const payout = table('payout', {
  orderId: id()
    .primaryKey()
    .references(() => orders.id),
  state: text().$type<PayoutState>().notNull(),
  amount: cents().notNull(),
  currency: text().notNull(),
  createdAt: instant().notNull(),
  updatedAt: instant().notNull(),
});

/** Webhook inbox: the event's id is the key, so an event counts once however often it comes. */
export const gatewayEvent = table(
  'gateway_event',
  {
    id: id().primaryKey(),
    type: text().notNull(),
    objectId: text().notNull(),
    receivedAt: instant().notNull(),
    appliedAt: instant(),
  },
  (t) => [index('gateway_event_received').on(t.receivedAt)],
);

/** Each transaction's entries sum to zero; both tables are append-only. */
export const ledgerTransaction = table(
  'ledger_transaction',
  {
    id: id().primaryKey(),
    orderId: id().notNull(),
    kind: text()
      .$type<'payment' | 'refund' | 'refund_failed' | 'fee' | 'dispute' | 'dispute_lost' | 'payout' | 'payout_reversed'>()
      .notNull(),
    /** What caused it at the gateway (payment, refund id): the same cause is booked once. */
    cause: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [uniqueIndex('ledger_cause').on(t.kind, t.cause), index('ledger_order').on(t.orderId)],
);

export const ledgerEntry = table(
  'ledger_entry',
  {
    transactionId: id()
      .notNull()
      .references(() => ledgerTransaction.id),
    position: int().notNull(),
    /** gateway | held_for_settlement | platform_fee | centre_payable | refund_payable | receivable */
    account: text().notNull(),
    /** Debit positive, credit negative, in 分. */
    amount: cents().notNull(),
    currency: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.transactionId, t.position] }), index('ledger_account').on(t.account)],
);
