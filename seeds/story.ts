import { type Bill, billFor } from '#app/modules/catalogue/bill.ts';
import { JOB, type JobEvent, progressOf } from '#app/modules/jobs/job-machine.ts';
import { next, ORDER, type OrderMove, stateOf } from '#app/modules/orders/machines.ts';
import { refundDue } from '#app/modules/orders/policy.ts';
import type { OrderEventKind } from '#app/modules/orders/record-order-event.server.ts';
import { DEFAULT_ZONE, dayOf, dayStart, MINUTE_MS, wallClock, weekdayOf } from '#app/modules/scheduling/local-day.ts';
import type { JobState } from '#db/schema/jobs.ts';
import type { PaymentState, Progress } from '#db/schema/orders.ts';
import { awake } from './day.ts';
import type { Booking } from './demand.ts';
import { randomFrom } from './ids.ts';
import { personId } from './people.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** As long as a hold of the product lasts. */
const HOLD_MS = 30 * MINUTE_MS;
const OPENS = 9 * 60;
const CLOSES = 18 * 60;

export type StoryEvent = {
  kind: OrderEventKind;
  at: number;
  actorId: string | null;
  data: Record<string, string | number>;
  /** The order as the event left it. */
  progress: Progress;
  payment: PaymentState;
};
export type Story = {
  bill: Bill;
  events: StoryEvent[];
  progress: Progress;
  payment: PaymentState;
  refund: number;
  decisionReason: string;
  /** Of each of its pieces; none before it is paid. */
  job?: JobState;
  workBegunAt: number | null;
};

const DECLINED = ['该时段设备已安排期间核查，建议改约下周。', '样品尺寸超出装置行程，无法承接。', '本月该项目人员外出比对，暂不接单。'];

const CALLED_OFF = ['标准器送检延期，该时段无法执行，已全额退款。', '设备突发故障，抱歉取消本次预约。'];

/** The first moment at or after `ms` at which somebody is at a desk, some minutes in. */
function atDesk(ms: number, random: () => number): number {
  const { day, minute } = wallClock(DEFAULT_ZONE, ms);
  const weekend = { 6: 2, 7: 1 }[weekdayOf(day) as number] ?? 0;
  if (weekend === 0 && minute >= OPENS && minute < CLOSES) return ms;
  const ahead = weekend || (minute >= CLOSES ? (weekdayOf(day) === 5 ? 3 : 1) : 0);
  return dayStart(DEFAULT_ZONE, day + ahead) + (OPENS + Math.floor(random() * 90)) * MINUTE_MS;
}

const MOVE: Partial<Record<OrderEventKind, OrderMove>> = {
  accepted: 'accept',
  declined: 'decline',
  paid: 'pay',
  cancelled: 'cancel',
  expired: 'expire',
};
const WORK: Partial<Record<OrderEventKind, JobEvent>> = { received: 'receive', in_service: 'begin', reported: 'report', closed: 'close' };

/** What has happened to a booking up to now, told by the product's own machine, prices and refund rules. */
export function story(booking: Booking, now: number): Story {
  const { sold, slot, createdAt, fate } = booking;
  const random = randomFrom(`story ${booking.key} ${createdAt}`);
  const bill = billFor({ ...sold.row, ...tariff(sold.row) }, booking);
  const told: Story = {
    bill,
    events: [],
    progress: sold.booking === 'approve' ? 'requested' : 'held',
    payment: 'unpaid',
    refund: 0,
    decisionReason: '',
    workBegunAt: null,
  };
  const centre = personId(`${sold.centre.email}${random() < 0.7 ? '' : '.technician'}@demo.hengji.example`);

  const tell = (kind: OrderEventKind, at: number, actorId: string | null, data: StoryEvent['data'] = {}) => {
    const [move, event] = [MOVE[kind], WORK[kind]];
    const state = move && next(ORDER, stateOf(told.progress), move);
    if (state) told.progress = state;
    if (state === 'confirmed') told.job = 'awaited';
    // All its pieces go the same way.
    const job = told.job && (event ? next(JOB, told.job, event) : state === 'cancelled' ? next(JOB, told.job, 'cancel') : undefined);
    if (job) told.job = job;
    if (job && event) told.progress = progressOf([job]);
    if ((move && !state) || (event && !job)) throw new Error(`${booking.key}: no ${move ?? event} in ${told.progress}`);
    if (kind === 'in_service') told.workBegunAt = at;
    if (kind === 'paid') told.payment = 'paid';
    if (kind === 'refunded') told.payment = told.refund === bill.gross ? 'refunded' : 'part_refunded';
    told.events.push({ kind, at, actorId, data, progress: told.progress, payment: told.payment });
  };

  // Leaves room for what follows at once, a refund after a cancellation.
  const limit = Math.min(slot.startAt, now) - 10 * MINUTE_MS;
  /** Some way from `from` to the limit, at most so many hours on. */
  const soon = (from: number, hours: number) =>
    Math.floor(from + (0.05 + 0.9 * random()) * Math.max(0, Math.min(hours * HOUR_MS, limit - from)));
  const decided = (from: number) => Math.min(atDesk(soon(from, 30), random), limit);

  tell(told.progress === 'requested' ? 'requested' : 'held', createdAt, booking.personId);
  if (fate === 'waiting') return told;
  let at = createdAt;
  if (told.progress === 'requested') {
    at = decided(at);
    if (fate === 'declined') {
      told.decisionReason = DECLINED[Math.floor(random() * DECLINED.length)] as string;
      tell('declined', at, centre, { reason: told.decisionReason });
      return told;
    }
    tell('accepted', at, centre);
  }
  if (fate === 'expired') {
    tell('expired', createdAt + HOLD_MS, null);
    return told;
  }
  at = Math.floor(at + Math.min(limit - at, (2 + random() * 22) * MINUTE_MS));
  tell('paid', at, null, { amount: bill.gross });
  if (fate === 'cancelled' || fate === 'cancelled_by_centre') {
    const by = fate === 'cancelled' ? 'buyer' : 'centre';
    const cancelAt = Math.max(awake(soon(at, 24 * 30)), at + MINUTE_MS);
    const { amount } = refundDue(
      { ...told, ...bill, dispute: 'none', startAt: slot.startAt, refunded: 0, cancelPolicy: sold.row.cancelPolicy },
      { by, at: cancelAt },
    );
    told.decisionReason = (by === 'buyer' ? '' : CALLED_OFF[Math.floor(random() * CALLED_OFF.length)]) as string;
    tell('cancelled', cancelAt, by === 'buyer' ? booking.personId : centre, { by, refund: amount, reason: told.decisionReason });
    told.refund = amount;
    if (amount > 0) tell('refunded', cancelAt + Math.floor((1 + random() * 4) * MINUTE_MS), null, { amount });
    return told;
  }
  for (const [kind, when] of work(booking, at, random)) {
    if (when > now) break;
    tell(kind, when, centre);
  }
  return told;
}

/** Instruments arrive, are worked on, reported and given back; what is taught, shared or done remotely has nothing to receive. */
function work({ sold, slot, deliveryMode }: Booking, paidAt: number, random: () => number): [OrderEventKind, number][] {
  const { startAt, endAt } = slot;
  const brought = sold.unit === 'piece' && (deliveryMode === 'at_centre' || deliveryMode === 'courier');
  const byHand = sold.unit === 'hour' || sold.unit === 'seat';
  const theDayBefore = dayStart(DEFAULT_ZONE, dayOf(DEFAULT_ZONE, startAt) - 1) + (10 + random() * 6) * HOUR_MS;
  const received = Math.max(
    paidAt + 10 * MINUTE_MS,
    deliveryMode === 'courier' ? theDayBefore : startAt - (0.1 + random() * 0.4) * HOUR_MS,
  );
  const begun = Math.max(startAt + Math.floor(random() * 12) * MINUTE_MS, received);
  const written = byHand
    ? endAt + (0.2 + random()) * HOUR_MS
    : atDesk(endAt + (0.15 + 0.75 * random()) * sold.turnaroundDays * 24 * HOUR_MS, random);
  const closed = atDesk(written + (2 + random() * 60) * HOUR_MS, random);
  const steps: [OrderEventKind, number][] = [
    ['in_service', begun],
    ['reported', Math.max(written, begun + HOUR_MS)],
    ['closed', closed],
  ];
  const all: [OrderEventKind, number][] = brought ? [['received', Math.min(received, begun)], ...steps] : steps;
  return all.map(([kind, at]) => [kind, Math.floor(at)]);
}

const tariff = (row: Booking['sold']['row']) => ({
  volumeTiers: row.volumeTiers ?? [],
  rangePrices: row.rangePrices ?? [],
  perPointNet: row.perPointNet ?? 0,
  includedPoints: row.includedPoints ?? 0,
  travelZones: row.travelZones ?? [],
  memberBasisPoints: row.memberBasisPoints ?? 0,
  parkBasisPoints: row.parkBasisPoints ?? 0,
  setupNet: row.setupNet ?? 0,
  travelNet: row.travelNet ?? 0,
  courierNet: row.courierNet ?? 0,
  expediteBasisPoints: row.expediteBasisPoints ?? null,
  vatBasisPoints: row.vatBasisPoints ?? 600,
});
