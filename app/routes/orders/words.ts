/** What the buyer's pages call states, deeds and what comes next. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Tab } from '#app/modules/orders/list-orders.server.ts';
import type { DeedKind } from '#app/modules/orders/record-deed.server.ts';
import type { PaymentState, Progress } from '#db/schema/orders.ts';

type Word = () => string;

const PROGRESS: Record<Progress, readonly [Word, tone: string, next: Word]> = {
  requested: [m.order_progress_requested, 'warn', m.order_next_requested],
  held: [m.order_progress_held, 'warn', m.order_next_held],
  confirmed: [m.order_progress_confirmed, 'ok', m.order_next_confirmed],
  received: [m.order_progress_received, 'info', m.order_next_received],
  in_service: [m.order_progress_in_service, 'info', m.order_next_in_service],
  reported: [m.order_progress_reported, 'ok', m.order_next_reported],
  closed: [m.order_progress_closed, 'ok', m.order_next_closed],
  declined: [m.order_progress_declined, 'bad', m.order_next_declined],
  cancelled: [m.order_progress_cancelled, 'bad', m.order_next_cancelled],
  expired: [m.order_progress_expired, '', m.order_next_expired],
};
export const progressName = (progress: Progress): string => PROGRESS[progress][0]();
export const progressTone = (progress: Progress): string => PROGRESS[progress][1];
export const nextText = (progress: Progress): string => PROGRESS[progress][2]();

const PAYMENT: Record<PaymentState, readonly [Word, tone: string]> = {
  unpaid: [m.order_payment_unpaid, ''],
  processing: [m.order_payment_processing, 'warn'],
  paid: [m.order_payment_paid, 'ok'],
  part_refunded: [m.order_payment_part_refunded, 'info'],
  refunded: [m.order_payment_refunded, 'info'],
};
export const paymentName = (payment: PaymentState): string => PAYMENT[payment][0]();
export const paymentTone = (payment: PaymentState): string => PAYMENT[payment][1];

const TAB: Record<Tab, Word> = {
  requests: m.order_tab_requests,
  unpaid: m.order_tab_unpaid,
  booked: m.order_tab_booked,
  working: m.order_tab_working,
  done: m.order_tab_done,
  ended: m.order_tab_ended,
};
export const tabName = (tab: Tab): string => TAB[tab]();

const EVENT: Record<DeedKind, Word> = {
  requested: m.order_event_requested,
  held: m.order_event_held,
  accepted: m.order_event_accepted,
  declined: m.order_progress_declined,
  paid: m.order_event_paid,
  late_booked: m.order_event_late_booked,
  late_no_slot: m.order_event_late_no_slot,
  payment_started: m.order_event_payment_started,
  payment_failed: m.order_event_payment_failed,
  received: m.order_progress_received,
  in_service: m.order_progress_in_service,
  reported: m.order_progress_reported,
  closed: m.order_progress_closed,
  cancelled: m.order_progress_cancelled,
  expired: m.order_progress_expired,
  refunded: m.order_event_refunded,
  refund_failed: m.order_event_refund_failed,
};
export const eventName = (kind: string): string => (Object.hasOwn(EVENT, kind) ? EVENT[kind as DeedKind]() : kind);

const REFUND_WHY = {
  nothing_paid: m.order_refund_nothing_paid,
  by_centre: m.order_refund_by_centre,
  in_time: m.order_refund_in_time,
  late: m.order_refund_late,
  begun: m.order_refund_begun,
};
export const refundWhy = (reason: keyof typeof REFUND_WHY): string => REFUND_WHY[reason]();
