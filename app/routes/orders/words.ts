/** What the buyer's pages call states, events and what comes next. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Work } from '#app/modules/catalogue/handover.ts';
import type { NotNow, OrderAction } from '#app/modules/orders/order-actions.ts';
import type { RefundReason } from '#app/modules/orders/policy.ts';
import { workStep } from '#app/modules/orders/work-words.ts';
import type { Tab } from '#app/read-models/list-buyer-orders.server.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { dayTime } from '#app/ui/format.ts';
import type { PaymentState, Progress } from '#db/schema/orders.ts';
import { workSentence } from './work-sentence.ts';

type Word = () => string;

const PROGRESS: Record<Progress, Word> = {
  requested: m.order_progress_requested,
  held: m.order_progress_held,
  confirmed: m.order_progress_confirmed,
  received: m.order_progress_received,
  in_service: m.order_progress_in_service,
  reported: m.order_progress_reported,
  closed: m.order_progress_closed,
  declined: m.order_progress_declined,
  cancelled: m.order_progress_cancelled,
  expired: m.order_progress_expired,
};

export const progressName = (progress: Progress, work: Work): string => workStep(progress, work) ?? PROGRESS[progress]();

const TONE: Partial<Record<Progress, string>> = {
  requested: 'warn',
  held: 'warn',
  confirmed: 'info',
  received: 'info',
  in_service: 'info',
  reported: 'ok',
  closed: 'ok',
  declined: 'bad',
};
export const progressTone = (progress: Progress): string => TONE[progress] ?? '';

const PAYMENT: Record<PaymentState, Word> = {
  unpaid: m.order_payment_unpaid,
  processing: m.order_payment_processing,
  paid: m.order_payment_paid,
  part_refunded: m.order_payment_part_refunded,
  refunded: m.order_payment_refunded,
};
export const paymentName = (payment: PaymentState): string => PAYMENT[payment]();
export const paymentTone = (payment: PaymentState): string =>
  payment === 'paid' ? 'ok' : payment === 'processing' ? 'warn' : payment === 'unpaid' ? '' : 'info';

const STEP: Partial<Record<Progress, Word>> = { held: m.order_step_held, confirmed: m.order_step_paid };
export const stepName = (progress: Progress, work: Work): string => STEP[progress]?.() ?? progressName(progress, work);

const TAB: Record<Tab | 'all', Word> = {
  all: m.order_tab_all,
  unpaid: m.order_tab_unpaid,
  requests: m.order_tab_requests,
  booked: m.order_tab_booked,
  working: m.order_tab_working,
  done: m.order_tab_done,
  ended: m.order_tab_ended,
};
export const tabName = (tab: Tab | 'all'): string => TAB[tab]();

const EVENT: Record<string, Word> = {
  requested: m.order_event_requested,
  held: m.order_event_held,
  accepted: m.order_event_accepted,
  paid: m.order_event_paid,
  late_booked: m.order_event_late_booked,
  late_no_slot: m.order_event_late_no_slot,
  paid_unverified: m.order_event_paid_unverified,
  payment_started: m.order_event_payment_started,
  payment_failed: m.order_event_payment_failed,
  moved: m.order_event_moved,
  move_asked: m.order_event_move_asked,
  move_refused: m.order_event_move_refused,
  move_withdrawn: m.order_event_move_withdrawn,
  pieces_moved: m.order_event_pieces_moved,
  report_added: m.order_event_report_added,
  expired: m.order_event_expired,
  refunded: m.order_event_refunded,
  refund_failed: m.order_event_refund_failed,
};
/** What leads to a state of its own is called as that state. */
export const eventName = (kind: string, work: Work): string =>
  EVENT[kind]?.() ?? (Object.hasOwn(PROGRESS, kind) ? progressName(kind as Progress, work) : kind);

const REFUND: Record<RefundReason, Word> = {
  nothing_paid: m.order_refund_nothing_paid,
  by_centre: m.order_refund_by_centre,
  in_time: m.order_refund_in_time,
  late: m.order_refund_late,
  begun: m.order_refund_begun,
  disputed: m.order_refund_disputed,
  charged_back: m.order_refund_charged_back,
};
export const refundWhy = (reason: RefundReason): string => REFUND[reason]();

const waitsFor = ({ actions }: OrderView, action: OrderAction, why: NotNow) =>
  actions.some((one) => one.action === action && !one.possible && one.why === why);

/** What happens next, in one sentence. */
export function nextSentence(order: OrderView): string {
  const { timeZone } = order;
  const at = (ms: number | null) => dayTime(ms ?? 0, { timeZone });
  if (order.events.some((event) => event.kind === 'late_no_slot')) return m.order_next_late_no_slot();
  if (order.events.some((event) => event.kind === 'paid_unverified')) return m.order_next_paid_unverified();
  switch (order.progress) {
    case 'requested':
      return m.order_next_requested({ due: at(order.decisionDueAt) });
    case 'held':
      if (order.payment === 'processing') return m.order_next_processing();
      return (waitsFor(order, 'pay', 'centre_unverified') ? m.order_next_unverified : m.order_next_held)({
        until: at(order.holdExpiresAt),
      });
    case 'confirmed':
    case 'received':
    case 'in_service':
    case 'reported':
      return workSentence(order, order.progress);
    case 'closed':
      return m.order_next_closed();
    case 'declined':
      return m.order_next_declined();
    case 'cancelled':
      return order.payment === 'unpaid' ? m.order_next_cancelled_unpaid() : m.order_next_cancelled();
    case 'expired':
      return m.order_next_expired();
  }
}
