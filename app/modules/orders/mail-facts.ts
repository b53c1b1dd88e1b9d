/** What is written about orders and slots: what each letter names, and which of them carry the booking for a calendar. */
import type { MailKind } from '#app/core/mail.server.ts';
import type { Work } from '#app/modules/catalogue/handover.ts';

/** What every mail about an order names. Amounts in 分, instants in UTC milliseconds. */
export type OrderMailFacts = {
  number: string;
  serviceZh: string;
  serviceEn: string;
  centreZh: string;
  centreEn: string;
  startAt: number;
  endAt: number;
  /** When the technician is at the buyer's; left out where nobody travels. */
  arrivesAt?: number;
  /** IANA zone of the centre: the times in the mail are its own. */
  timeZone: string;
  gross: number;
  /** Path of the page as `localePath` takes it (`/orders/HJ-…`); the template adds the site's address and the language. */
  link: string;
};
type BuyerFacts = { buyerZh: string; buyerEn: string };
/** The addresses of the place, empty when it is not at the centre. `sequence` of the attached calendar file; without it there is none. */
type DatedMailFacts = OrderMailFacts & { addressZh: string; addressEn: string; sequence?: number };

/** A slot kept for somebody on a waiting list. `before`: when the booking it would move is now; 0: one is still to be made. */
export type SlotMailFacts = Pick<
  OrderMailFacts,
  'serviceZh' | 'serviceEn' | 'centreZh' | 'centreEn' | 'startAt' | 'endAt' | 'timeZone' | 'link'
> & { before: number };

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** Sent to the buyer; the centre has until `decisionDueAt`. */
    order_requested: OrderMailFacts & { decisionDueAt: number };
    /** To be paid before `payBy`, else the slot is freed. */
    order_accepted: OrderMailFacts & { payBy: number };
    /** `reason` in the centre's words; may be empty. */
    order_declined: OrderMailFacts & { reason: string };
    order_confirmed: DatedMailFacts;
    order_progress: OrderMailFacts & Work & { progress: 'received' | 'in_service' | 'reported' | 'closed' };
    /** `before`: when it was to be until now. `agreed`: the buyer took it, else the centre moved it. */
    order_moved: DatedMailFacts & { before: number; agreed: boolean };
    /** The centre asks to move it to `proposed`; an answer counts until `until`. */
    order_move_asked: OrderMailFacts & { proposed: number; until: number };
    /** `refund` 0 when nothing was paid or nothing comes back. */
    order_cancelled: DatedMailFacts & { refund: number; reason: string };
    order_expired: OrderMailFacts;
    payment_late_booked: OrderMailFacts;
    payment_late_refunded: OrderMailFacts & { refund: number };
    /** Paid while the centre was not verified. */
    payment_unverified_refunded: OrderMailFacts & { refund: number };
    refund_done: OrderMailFacts & { refund: number };
    refund_failed: OrderMailFacts & { refund: number };
    /** `decisionDueAt` 0 for a booking that needs no decision. */
    centre_new_order: DatedMailFacts & BuyerFacts & { decisionDueAt: number };
    centre_order_cancelled: DatedMailFacts & BuyerFacts & { reason: string };
    /** A buyer has paid while the centre was not verified: the money goes back. */
    centre_payment_returned: OrderMailFacts & BuyerFacts;
    /** `before`: when it was to be until now. `mover`: who of the centre moved it; left out: the buyer took an earlier slot, or agreed to a move. */
    centre_order_moved: DatedMailFacts & BuyerFacts & { before: number; mover?: string };
    /** The buyer does not want `proposed`, or did not answer in time. */
    centre_move_refused: OrderMailFacts & BuyerFacts & { proposed: number; lapsed: boolean };
    slot_offered: SlotMailFacts & { until: number };
    slot_lapsed: SlotMailFacts;
  }
}

/** Mails that carry the booking for the reader's calendar, once there is one, and what the file does there (METHOD of RFC 5546). */
const CALENDAR_METHODS: Partial<Record<MailKind, 'PUBLISH' | 'CANCEL'>> = {
  order_confirmed: 'PUBLISH',
  order_moved: 'PUBLISH',
  order_cancelled: 'CANCEL',
  centre_new_order: 'PUBLISH',
  centre_order_moved: 'PUBLISH',
  centre_order_cancelled: 'CANCEL',
};
export const calendarMethod = (kind: MailKind): 'PUBLISH' | 'CANCEL' | undefined => CALENDAR_METHODS[kind];
