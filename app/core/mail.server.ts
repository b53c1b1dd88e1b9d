import type { Queries } from '#db/queries.ts';
import { enqueue } from './outbox.server.ts';

export type Locale = 'zh-CN' | 'en';

/**
 * Every mail the product writes, with what its letter names: each module adds its own by declaration merging, and a letter for each in its
 * module.ts. `link` is always a path of the site without its language. Never a password, never a session.
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by the modules
export interface MailFacts {}
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
