/** What the centre's pages call states, steps and units. */
import * as m from '#app/i18n/paraglide/messages.js';
import { beginsAtOnce, type Ending, endingOf, handoverOf, isHandedIn, type Work } from '#app/modules/catalogue/handover.ts';
import type { Advance } from '#app/modules/jobs/advance-order.server.ts';
import type { OrderEventKind } from '#app/modules/orders/record-order-event.server.ts';
import { workStep } from '#app/modules/orders/work-words.ts';
import type { InboxSort, InboxTab } from '#app/read-models/list-centre-orders.server.ts';
import type { Progress, WorkProgress } from '#db/schema/orders.ts';

type Word = () => string;

const PROGRESS: Record<Progress, Word> = {
  requested: m.centre_progress_requested,
  held: m.centre_progress_held,
  confirmed: m.centre_progress_confirmed,
  received: m.order_progress_received,
  in_service: m.centre_progress_in_service,
  reported: m.centre_progress_reported,
  closed: m.centre_progress_closed,
  declined: m.centre_progress_declined,
  cancelled: m.centre_progress_cancelled,
  expired: m.centre_progress_expired,
};
export const isProgress = (word: string): word is Progress => Object.hasOwn(PROGRESS, word);
export const progressName = (progress: Progress, work: Work): string => workStep(progress, work) ?? PROGRESS[progress]();
/** A station of the way: that a slot was kept, not that payment is awaited. */
export const stepName = (progress: Progress, work: Work): string =>
  progress === 'held' ? m.centre_event_held() : progressName(progress, work);

const TONE: Partial<Record<Progress, string>> = {
  requested: 'warn',
  held: 'warn',
  confirmed: 'info',
  received: 'info',
  in_service: 'info',
  reported: 'ok',
  closed: 'ok',
  declined: 'bad',
  cancelled: 'bad',
};
export const progressTone = (progress: Progress): string => TONE[progress] ?? '';

const TAB: Record<InboxTab, Word> = {
  requests: m.centre_tab_requests,
  arriving: m.centre_tab_arriving,
  received: m.centre_tab_received,
  working: m.centre_tab_working,
  reported: m.centre_tab_reported,
  unpaid: m.centre_tab_unpaid,
  done: m.centre_tab_done,
  ended: m.centre_tab_ended,
};
export const tabName = (tab: InboxTab): string => TAB[tab]();

const SORT: Record<InboxSort, Word> = {
  start: m.centre_inbox_sort_start,
  newest: m.centre_inbox_sort_newest,
  oldest: m.centre_inbox_sort_oldest,
  gross: m.centre_inbox_sort_gross,
};
export const sortName = (sort: InboxSort): string => SORT[sort]();

const REPORT: Record<Ending, Word> = {
  report: m.centre_report_title,
  result: m.centre_report_title_result,
  course: m.centre_report_title_course,
  use: m.centre_report_title_use,
  goods: m.centre_report_title_goods,
};
export function advanceName(advance: Advance, work: Work): string {
  switch (advance) {
    case 'receive':
      return isHandedIn(work) ? m.centre_do_receive() : m.centre_do_arrive();
    case 'begin':
      return handoverOf(work) === 'goods' ? m.centre_do_pack() : m.centre_do_begin();
    case 'report':
      return REPORT[endingOf(work)]();
    case 'close':
      return m.centre_do_close();
  }
}

const NEXT: Partial<Record<Progress, Advance>> = { confirmed: 'receive', received: 'begin', in_service: 'report', reported: 'close' };
/** The one thing to do next with an order in this state. */
export const nextAdvance = (progress: Progress, work: Work): Advance | undefined =>
  progress === 'confirmed' && beginsAtOnce(work) ? 'begin' : NEXT[progress];

const EVENT: Record<Exclude<OrderEventKind, WorkProgress>, Word> = {
  requested: m.centre_event_requested,
  held: m.centre_event_held,
  accepted: m.centre_event_accepted,
  declined: m.centre_event_declined,
  paid: m.centre_event_paid,
  late_booked: m.centre_event_late_booked,
  late_no_slot: m.centre_event_late_no_slot,
  paid_unverified: m.centre_event_paid_unverified,
  payment_started: m.centre_event_payment_started,
  payment_failed: m.centre_event_payment_failed,
  pieces_moved: m.centre_event_pieces_moved,
  report_added: m.centre_event_report_added,
  cancelled: m.centre_progress_cancelled,
  expired: m.centre_progress_expired,
  moved: m.centre_event_moved,
  move_asked: m.centre_event_move_asked,
  move_refused: m.centre_event_move_refused,
  move_withdrawn: m.centre_event_move_withdrawn,
  refunded: m.centre_event_refunded,
  refund_failed: m.centre_event_refund_failed,
};
/** What leads to a state of the work is called as that state. */
export function eventName(kind: string, work: Work): string {
  if (Object.hasOwn(EVENT, kind)) return EVENT[kind as keyof typeof EVENT]();
  return isProgress(kind) ? progressName(kind, work) : kind;
}
