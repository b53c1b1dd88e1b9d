import type { Queries } from '#db/queries.ts';
import { enqueue } from './outbox.server.ts';

export type Locale = 'zh-CN' | 'en';

/** Every mail the product writes; notices/ has a template for each (the compiler checks). */
export type MailKind =
  | 'verify_email'
  | 'address_in_use'
  | 'reset_password'
  | 'password_changed'
  | 'invitation'
  | 'order_requested'
  | 'order_accepted'
  | 'order_declined'
  | 'order_confirmed'
  | 'order_progress'
  | 'order_cancelled'
  | 'order_expired'
  | 'payment_late_booked'
  | 'payment_late_refunded'
  | 'refund_done'
  | 'refund_failed'
  | 'centre_new_order'
  | 'centre_order_cancelled';

export type Mail = {
  kind: MailKind;
  to: string;
  locale: Locale;
  /** What the template names: order numbers, links, amounts in 分, instants. Never a password, never a session. */
  facts: Record<string, string | number>;
  dedupeKey?: string;
};

/** Mail leaves after the commit: it is an effect, written with the deed that causes it. */
export const queueMail = (tx: Queries, { dedupeKey, ...mail }: Mail, now: number): Promise<void> =>
  enqueue(tx, { topic: 'mail', payload: mail, dedupeKey }, now);
