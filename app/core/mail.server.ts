import type { Queries } from '#db/queries.ts';
import type { Family } from '#db/schema/centres.ts';
import type { Role } from '#db/schema/identity.ts';
import { enqueue } from './outbox.server.ts';

export type Locale = 'zh-CN' | 'en';

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

/**
 * Every mail the product writes, with what its template in notices/ names. `link` is always a path of the site without its language.
 * Never a password, never a session.
 */
export type MailFacts = {
  /** Without a name: whoever signs up with somebody else's address must not write to them through us. */
  verify_email: { link: string; hours: number };
  address_in_use: { name: string; link: string; resetLink: string };
  reset_password: { name: string; link: string; minutes: number };
  password_changed: { name: string; link: string; at: number };
  /** A browser that was not known has signed in; `browser` and `system` are empty when it does not say, `network` is `203.0.113.*`. */
  new_device: { name: string; browser: string; system: string; network: string; at: number; link: string; resetLink: string };
  /** `on`: set up, else removed. */
  second_factor: { name: string; on: boolean; at: number; link: string };
  /** An operator has ended every session. */
  sessions_ended: { name: string; at: number; link: string };
  invitation: { inviter: string; organisationZh: string; organisationEn: string; role: Role; link: string; days: number };
  /** Sent to the buyer; the centre has until `decisionDueAt`. */
  order_requested: OrderMailFacts & { decisionDueAt: number };
  /** To be paid before `payBy`, else the slot is freed. */
  order_accepted: OrderMailFacts & { payBy: number };
  /** `reason` in the centre's words; may be empty. */
  order_declined: OrderMailFacts & { reason: string };
  order_confirmed: DatedMailFacts;
  order_progress: OrderMailFacts & { progress: 'received' | 'in_service' | 'reported' | 'closed' };
  /** `before`: when it was to be until now. `agreed`: the buyer took it, else the centre moved it. */
  order_moved: DatedMailFacts & { before: number; agreed: boolean };
  /** The centre asks to move it to `proposed`; an answer counts until `until`. */
  order_move_asked: OrderMailFacts & { proposed: number; until: number };
  /** `refund` 0 when nothing was paid or nothing comes back. */
  order_cancelled: DatedMailFacts & { refund: number; reason: string };
  order_expired: OrderMailFacts;
  payment_late_booked: OrderMailFacts;
  payment_late_refunded: OrderMailFacts & { refund: number };
  refund_done: OrderMailFacts & { refund: number };
  refund_failed: OrderMailFacts & { refund: number };
  /** `decisionDueAt` 0 for a booking that needs no decision. */
  centre_new_order: DatedMailFacts & BuyerFacts & { decisionDueAt: number };
  centre_order_cancelled: DatedMailFacts & BuyerFacts & { reason: string };
  /** `before`: when it was to be until now. `mover`: who of the centre moved it; left out: the buyer took an earlier slot, or agreed to a move. */
  centre_order_moved: DatedMailFacts & BuyerFacts & { before: number; mover?: string };
  /** The buyer does not want `proposed`, or did not answer in time. */
  centre_move_refused: OrderMailFacts & BuyerFacts & { proposed: number; lapsed: boolean };
  slot_offered: SlotMailFacts & { until: number };
  slot_lapsed: SlotMailFacts;
  /** To the managers of a centre; `until` the last instant, in the centre's zone. */
  accreditation_due: {
    kind: 'CNAS' | 'CMA' | 'internal';
    number: string;
    until: number;
    daysLeft: number;
    ended: boolean;
    timeZone: string;
    link: string;
  };
  /** To operators: an accreditation waits to be checked. `again`: its centre stated it otherwise before. */
  accreditation_waiting: {
    kind: 'CNAS' | 'CMA' | 'internal';
    number: string;
    again: boolean;
    centreZh: string;
    centreEn: string;
    link: string;
  };
  /** To the managers of its centre. `families` it was accepted for; `reason` in the operator's words when it was refused. */
  accreditation_checked: {
    kind: 'CNAS' | 'CMA' | 'internal';
    number: string;
    accepted: boolean;
    families: Family[];
    reason: string;
    link: string;
  };
  /** To operators: proof waits to be judged. `own`: of the organisation's own entry, to be verified. */
  proof_waiting: {
    organisationZh: string;
    organisationEn: string;
    centreZh: string;
    centreEn: string;
    own: boolean;
    link: string;
  };
  /** To the managers who asked. `taken`: the entry went to another organisation; `reason` in the operator's words, for `refused`. */
  proof_decided: { centreZh: string; centreEn: string; outcome: 'accepted' | 'refused' | 'taken'; reason: string; link: string };
  /** What somebody looked for in vain can be done now: `count` services suit. */
  demand_met: { wanted: string; count: number; link: string };
};
export type MailKind = keyof MailFacts;

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

export type MailOf<K extends MailKind> = {
  kind: K;
  to: string;
  locale: Locale;
  facts: MailFacts[K];
  /** Two mails of one key are one mail. */
  dedupeKey?: string;
};
/** One of them, kind and facts together. */
export type Mail = { [K in MailKind]: MailOf<K> }[MailKind];

/** Mail leaves after the commit: it is an effect, written with the deed that causes it. */
export const queueMail = (tx: Queries, { dedupeKey, ...mail }: Mail, now: number): Promise<void> =>
  enqueue(tx, { topic: 'mail', payload: mail, dedupeKey }, now);
