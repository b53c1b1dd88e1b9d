import { beginChain } from '#app/core/audit.server.ts';
import type { auditLog } from '#db/schema/core.ts';
import type { job } from '#db/schema/jobs.ts';
import type { orderEvent, orderItem, orders } from '#db/schema/orders.ts';
import type { ledgerEntry, ledgerTransaction, paymentAttempt, refund } from '#db/schema/payments.ts';
import type { claim } from '#db/schema/scheduling.ts';
import { type Booking, demand } from './demand.ts';
import { randomFrom, seedId } from './ids.ts';
import { describeItems } from './items.ts';
import type { SlotBook } from './slot-book.ts';
import { type Story, type StoryEvent, story } from './story.ts';

const MINUTE_MS = 60_000;
const CHECKOUT_MS = 31 * MINUTE_MS;
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const METHODS = ['wechat_pay', 'alipay', 'card'];
const NOTES = [
  '请在全量程中点加测回程误差。',
  '急用，请尽量安排上午。',
  '证书抬头请与订单单位一致。',
  '仪器附带电池，请注意断电存放。',
  'Please state the results in English as well.',
];

type HistoryRows = {
  orders: (typeof orders.$inferInsert)[];
  items: (typeof orderItem.$inferInsert)[];
  jobs: (typeof job.$inferInsert)[];
  events: (typeof orderEvent.$inferInsert)[];
  audit: (typeof auditLog.$inferInsert)[];
  claims: (typeof claim.$inferInsert)[];
  attempts: (typeof paymentAttempt.$inferInsert)[];
  refunds: (typeof refund.$inferInsert)[];
  transactions: (typeof ledgerTransaction.$inferInsert)[];
  entries: (typeof ledgerEntry.$inferInsert)[];
};

/** Every order of the demonstration with all that hangs on it. */
export function historyRows(...[sold, book, from, now]: Parameters<typeof demand>): HistoryRows {
  const rows: HistoryRows = {
    orders: [],
    items: [],
    jobs: [],
    events: [],
    audit: [],
    claims: [],
    attempts: [],
    refunds: [],
    transactions: [],
    entries: [],
  };
  for (const booking of demand(sold, book, from, now)) {
    const told = story(booking, now);
    const id = seedId('order', `${from.day} ${booking.key}`);
    const random = randomFrom(`order ${from.day} ${booking.key}`);
    const order = orderRow(id, booking, told, { random, book });
    rows.orders.push(order);
    const items = describeItems(id, booking, random);
    rows.items.push(...items);
    rows.jobs.push(...jobRows(order, told, items.length));
    for (const [i, { kind, at, actorId, data }] of told.events.entries())
      rows.events.push({ id: seedId('event', `${id} ${i}`), orderId: id, at, kind, actorId, data });
    const used = told.workBegunAt !== null;
    if (booking.fate === 'done' || booking.fate === 'waiting')
      for (const { poolId, resourceId, cells } of booking.slot.picks)
        for (const cell of cells) rows.claims.push({ resourceId, cell, poolId, holderId: id, used });
    const paid = money(rows, { id, number: order.number, booking, told, random });
    rows.audit.push(...beginChain(`order:${id}`, auditLines(booking, order, told.events, paid)));
  }
  return rows;
}

function jobRows({ id, updatedAt }: { id: string; updatedAt: number }, { job: state }: Story, items: number): HistoryRows['jobs'] {
  if (!state) return [];
  return Array.from({ length: Math.max(1, items) }, (_, position) => ({ orderId: id, position, state, changedAt: updatedAt }));
}

type Made = { random: () => number; book: SlotBook };

function orderRow(id: string, booking: Booking, told: Story, { random, book }: Made): typeof orders.$inferInsert {
  const { sold, slot, quantity, createdAt, deliveryMode } = booking;
  const { row } = sold;
  const letters = Array.from({ length: 8 }, () => ALPHABET[Math.floor(random() * 32)]).join('');
  const last = told.events.at(-1) as StoryEvent;
  const travels = deliveryMode === 'courier' || deliveryMode === 'on_site';
  return {
    id,
    number: `HJ-${letters.slice(0, 4)}-${letters.slice(4)}`,
    centreId: row.centreId,
    serviceId: row.id,
    buyerId: booking.buyerId,
    personId: booking.personId,
    progress: told.progress,
    payment: told.payment,
    snapshot: {
      version: row.version ?? 1,
      slug: row.slug,
      nameZh: row.nameZh,
      nameEn: row.nameEn,
      family: row.family,
      specification: row.specification ?? '',
      unit: row.unit ?? 'piece',
      turnaroundDays: row.turnaroundDays,
      poolIds: sold.poolIds,
      minutes: Math.max(1, booking.minutes),
    },
    quantity,
    startAt: slot.startAt,
    endAt: slot.endAt,
    timeZone: 'Asia/Shanghai',
    deliveryMode,
    address: travels
      ? { recipient: booking.personName, phone: '000-00000000', line: `${booking.buyer.city}市示范路8号（虚构地址）` }
      : null,
    notes: random() < 0.15 ? (NOTES[Math.floor(random() * NOTES.length)] as string) : '',
    purchaseOrder: random() < 0.22 ? `PO-${1000 + Math.floor(random() * 9000)}` : '',
    expedited: booking.expedited,
    currency: 'cny',
    ...told.bill,
    refunded: told.refund,
    cancelPolicy: row.cancelPolicy,
    holdExpiresAt: null,
    decisionDueAt: told.progress === 'requested' ? book.answerDue(sold.poolIds, createdAt, row.answerHours ?? 16, slot.startAt) : null,
    decisionReason: told.decisionReason,
    workBegunAt: told.workBegunAt,
    submissionKey: seedId('submission', id),
    version: told.events.length,
    createdAt,
    updatedAt: last.at,
  };
}

type Sale = { id: string; number: string; booking: Booking; told: Story; random: () => number };
type AuditLine = Parameters<typeof beginChain>[1][number];
type Paid = { session: string; method: string; refundId: string };

/** The checkout, what it brought, what went back, and both in the ledger. The gateway's ids begin with demo_: no gateway knows them. */
function money(rows: HistoryRows, { id, number, booking, told, random }: Sale): Paid | undefined {
  const paid = told.events.find((event) => event.kind === 'paid');
  const expired = told.events.find((event) => event.kind === 'expired');
  const key = id.replaceAll('-', '').slice(0, 24);
  const method = METHODS[Math.floor(random() ** 1.6 * METHODS.length)] as string;
  if (!paid && !(expired && random() < 0.5)) return undefined;
  const attemptId = seedId('attempt', id);
  const amount = told.bill.gross;
  const currency = 'cny';
  const begun = paid ? paid.at - Math.floor((0.4 + random()) * MINUTE_MS) : booking.createdAt + MINUTE_MS;
  const session = `demo_cs_${key}`;
  rows.attempts.push({
    id: attemptId,
    orderId: id,
    attempt: 1,
    idempotencyKey: `checkout:${id}:1`,
    parameters: { orderId: id, orderNumber: number, attemptId, amount, currency, locale: 'zh-CN', expiresAt: begun + CHECKOUT_MS },
    state: paid ? 'paid' : 'expired',
    gatewaySession: session,
    gatewayPayment: paid ? `demo_pi_${key}` : null,
    url: null,
    method: paid ? method : null,
    amount,
    currency,
    expiresAt: begun + CHECKOUT_MS,
    createdAt: begun,
    updatedAt: paid?.at ?? begun + CHECKOUT_MS,
  });
  if (!paid) return undefined;
  enter(rows, { orderId: id, kind: 'payment', cause: `demo_pi_${key}`, at: paid.at }, [
    ['gateway', amount],
    ['held_for_settlement', -amount],
  ]);

  const refundId = seedId('refund', id);
  const back = told.events.find((event) => event.kind === 'refunded');
  const cancelled = told.events.find((event) => event.kind === 'cancelled');
  if (back && cancelled) {
    const cause = `demo_re_${key}`;
    rows.refunds.push({
      id: refundId,
      orderId: id,
      attemptId,
      amount: told.refund,
      reason: `cancelled_by_${cancelled.data.by}`,
      idempotencyKey: `refund:${refundId}`,
      state: 'succeeded',
      gatewayRefund: cause,
      failure: null,
      createdAt: cancelled.at,
      updatedAt: back.at,
    });
    enter(rows, { orderId: id, kind: 'refund', cause: `${cause}:accepted`, at: back.at }, [
      ['held_for_settlement', told.refund],
      ['refund_payable', -told.refund],
    ]);
    enter(rows, { orderId: id, kind: 'refund', cause, at: back.at }, [
      ['refund_payable', told.refund],
      ['gateway', -told.refund],
    ]);
  }
  return { session, method, refundId };
}

function enter(
  rows: HistoryRows,
  transaction: Omit<typeof ledgerTransaction.$inferInsert, 'id'>,
  entries: [account: string, amount: number][],
): void {
  const id = seedId('ledger', `${transaction.kind} ${transaction.cause}`);
  rows.transactions.push({ id, ...transaction });
  for (const [position, [account, amount]] of entries.entries())
    rows.entries.push({ transactionId: id, position, account, amount, currency: 'cny' });
}

/** The chain as the product would have written it: every event, and the money's own lines beside it. */
function auditLines(
  { sold, slot, quantity }: Booking,
  { gross }: { gross: number },
  events: StoryEvent[],
  paid: Paid | undefined,
): AuditLine[] {
  return events.flatMap(({ kind, at, actorId, data, progress, payment }, i): AuditLine[] => {
    const facts =
      i === 0 ? { progress, service: sold.row.id, quantity, startAt: slot.startAt, endAt: slot.endAt, gross } : { progress, payment };
    const line = { actorId, at, action: `order.${kind}`, data: { ...facts, ...data } };
    if (!paid) return [line];
    const { session, method, refundId: refund } = paid;
    const own = { actorId: null, at };
    if (kind === 'paid') return [{ ...own, action: 'payment.received', data: { amount: gross, session, method } }, line];
    const after = events[i + 1];
    if (kind === 'cancelled' && after?.kind === 'refunded')
      return [
        line,
        { ...own, action: 'refund.requested', data: { refund, amount: Number(after.data.amount), reason: `cancelled_by_${data.by}` } },
      ];
    if (kind === 'refunded') return [{ ...own, action: 'refund.succeeded', data: { refund, amount: Number(data.amount) } }, line];
    return [line];
  });
}
