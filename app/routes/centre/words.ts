/** What the centre's pages call states, steps and units. */
import * as m from '#app/i18n/paraglide/messages.js';
import type { Advance } from '#app/modules/jobs/advance-order.server.ts';
import type { OrderEventKind } from '#app/modules/orders/record-order-event.server.ts';
import type { InboxSort, InboxTab } from '#app/read-models/list-centre-orders.server.ts';
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import type { Progress } from '#db/schema/orders.ts';

type Word = () => string;

const PROGRESS: Record<Progress, Word> = {
  requested: m.centre_progress_requested,
  held: m.centre_progress_held,
  confirmed: m.centre_progress_confirmed,
  received: m.centre_progress_received,
  in_service: m.centre_progress_in_service,
  reported: m.centre_progress_reported,
  closed: m.centre_progress_closed,
  declined: m.centre_progress_declined,
  cancelled: m.centre_progress_cancelled,
  expired: m.centre_progress_expired,
};
export const isProgress = (word: string): word is Progress => Object.hasOwn(PROGRESS, word);
export const progressName = (progress: Progress): string => PROGRESS[progress]();

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

const ADVANCE: Record<Advance, Word> = {
  receive: m.centre_do_receive,
  begin: m.centre_do_begin,
  report: m.centre_do_report,
  close: m.centre_do_close,
};
export const advanceName = (advance: Advance): string => ADVANCE[advance]();

const NEXT: Partial<Record<Progress, Advance>> = { confirmed: 'receive', received: 'begin', in_service: 'report', reported: 'close' };
/** The one thing to do next with an order in this state; work done on site or remotely has nothing to receive. */
export const nextAdvance = (progress: Progress, mode: DeliveryMode): Advance | undefined =>
  progress === 'confirmed' && (mode === 'on_site' || mode === 'remote') ? 'begin' : NEXT[progress];

const EVENT: Record<OrderEventKind, Word> = {
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
  received: m.centre_progress_received,
  in_service: m.centre_progress_in_service,
  reported: m.centre_progress_reported,
  closed: m.centre_progress_closed,
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
export const eventName = (kind: string): string => (Object.hasOwn(EVENT, kind) ? EVENT[kind as OrderEventKind]() : kind);
