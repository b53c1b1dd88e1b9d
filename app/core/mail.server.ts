import type { Queries } from '#db/queries.ts';
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
  invitation: { inviter: string; organisationZh: string; organisationEn: string; role: Role; link: string; days: number };
  /** Sent to the buyer; the centre has until `decisionDueAt`. */
  order_requested: OrderMailFacts & { decisionDueAt: number };
  /** To be paid before `payBy`, else the slot is freed. */
  order_accepted: OrderMailFacts & { payBy: number };
  /** `reason` in the centre's words; may be empty. */
  order_declined: OrderMailFacts & { reason: string };
  /** Carries a calendar file. The addresses of the place, empty when it is not at the centre. */
  order_confirmed: OrderMailFacts & { addressZh: string; addressEn: string };
  order_progress: OrderMailFacts & { progress: 'received' | 'in_service' | 'reported' | 'closed' };
  /** `before`: when it was to be until now. */
  order_moved: OrderMailFacts & { before: number };
  /** The centre asks to move it to `proposed`; an answer counts until `until`. */
  order_move_asked: OrderMailFacts & { proposed: number; until: number };
  /** `refund` 0 when nothing was paid or nothing comes back. */
  order_cancelled: OrderMailFacts & { refund: number; reason: string };
  order_expired: OrderMailFacts;
  payment_late_booked: OrderMailFacts;
  payment_late_refunded: OrderMailFacts & { refund: number };
  refund_done: OrderMailFacts & { refund: number };
  refund_failed: OrderMailFacts & { refund: number };
  /** `decisionDueAt` 0 for a booking that needs no decision. */
  centre_new_order: OrderMailFacts & BuyerFacts & { decisionDueAt: number };
  centre_order_cancelled: OrderMailFacts & BuyerFacts & { reason: string };
  /** The buyer took an earlier slot, or agreed to a move. `before`: when it was to be until now. */
  centre_order_moved: OrderMailFacts & BuyerFacts & { before: number };
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
