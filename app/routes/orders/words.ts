/** What the buyer's pages call states, events and what comes next. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { NotNow, OrderAction } from '#app/modules/orders/order-actions.ts';
import type { RefundReason } from '#app/modules/orders/policy.ts';
import type { Tab } from '#app/read-models/list-buyer-orders.server.ts';
import type { OrderView } from '#app/read-models/view-order.server.ts';
import { dayTime } from '#app/ui/format.ts';
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import type { PaymentState, Progress } from '#db/schema/orders.ts';

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

/** Instruments and samples are sent and received; courses, equipment, visits and advice have words of their own. */
const SENT: readonly string[] = ['calibration', 'verification', 'testing', 'rd_support', 'reference_material'];
export const isSent = (family: string, mode: DeliveryMode): boolean =>
  SENT.includes(family) && (mode === 'at_centre' || mode === 'courier');
const COME: Partial<Record<Progress, Word>> = { received: m.order_progress_there };
const RESULT: Partial<Record<Progress, Word>> = { reported: m.order_progress_result };

type Kind = { family: string; deliveryMode: DeliveryMode };
export function progressName(progress: Progress, { family, deliveryMode }: Kind): string {
  const word = (isSent(family, deliveryMode) ? undefined : COME[progress]) ?? (SENT.includes(family) ? undefined : RESULT[progress]);
  return (word ?? PROGRESS[progress])();
}

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
export const stepName = (progress: Progress, kind: Kind): string => STEP[progress]?.() ?? progressName(progress, kind);

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
  declined: m.order_progress_declined,
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
  received: m.order_progress_received,
  in_service: m.order_progress_in_service,
  reported: m.order_progress_reported,
  closed: m.order_progress_closed,
  pieces_moved: m.order_event_pieces_moved,
  report_added: m.order_event_report_added,
  cancelled: m.order_progress_cancelled,
  expired: m.order_event_expired,
  refunded: m.order_event_refunded,
  refund_failed: m.order_event_refund_failed,
};
export const eventName = (kind: string): string => EVENT[kind]?.() ?? kind;

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

const CONFIRMED: Record<OrderView['deliveryMode'], (input: { when: string }) => string> = {
  at_centre: m.order_next_bring,
  courier: m.order_next_send,
  on_site: m.order_next_on_site,
  remote: m.order_next_remote,
};

const waitsFor = ({ actions }: OrderView, action: OrderAction, why: NotNow) =>
  actions.some((one) => one.action === action && !one.possible && one.why === why);

/** What happens next, in one sentence. */
export function nextSentence(order: OrderView): string {
  const { timeZone } = order;
  const sent = isSent(order.service.family, order.deliveryMode);
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
      if (order.deliveryMode === 'at_centre' && !sent)
        return (order.service.family === 'training' ? m.order_next_attend : m.order_next_use)({ when: at(order.startAt) });
      return CONFIRMED[order.deliveryMode]({ when: at(order.startAt + (order.service.travelMinutes ?? 0) * 60_000) });
    case 'received':
      return (sent ? m.order_next_received : m.order_next_there)({ when: at(order.startAt) });
    case 'in_service':
      return order.service.turnaroundDays > 0 ? m.order_next_in_service({ days: order.service.turnaroundDays }) : m.order_next_under_way();
    case 'reported':
      return sent ? m.order_next_reported() : m.order_next_reported_done();
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
