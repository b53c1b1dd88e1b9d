import { asHtml, asText, type Letter, type LetterContext, type Letters, oneLine } from '#app/core/letter.ts';
import type { Mail, MailFacts, MailKind } from '#app/core/mail.server.ts';
import { localePath } from '#app/i18n/locale.ts';
import { calendarMethod } from '#app/modules/orders/mail-facts.ts';
import { type CalendarFacts, calendarFile } from './calendar-file.server.ts';

export type Attachment = { name: string; type: string; content: string };
export type ComposedMail = { to: string; subject: string; text: string; html: string; attachments: Attachment[] };

/** Every fact on one line: a line break inside a name must not start a header, or a line that looks like ours. */
const tame = <F extends MailFacts[keyof MailFacts]>(facts: F): F =>
  Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, typeof value === 'string' ? oneLine(value) : value])) as F;

/** The mail as it is sent: its subject, text and HTML in the reader's language, and what is attached. */
export function composeMail(
  { kind, to, locale, facts }: Mail,
  { origin, from, now, letters }: { origin: string; from: string; now: number; letters: Letters<MailKind> },
): ComposedMail {
  const url = (path: string) => origin + localePath(path, locale);
  // Kind and facts belong together by the type of Mail; the compiler cannot follow the pair through the table.
  const write = letters[kind] as (facts: MailFacts[typeof kind], context: LetterContext) => Letter;
  const tamed = tame(facts);
  const letter = write(tamed, { locale, url });
  const attachments: Attachment[] = [];
  const method = calendarMethod(kind);
  if (method && 'sequence' in tamed) {
    const booking = tamed as CalendarFacts & { link: string };
    const content = calendarFile(booking, { method, locale, url: url(booking.link), from, now });
    attachments.push({ name: `${booking.number}.ics`, type: `text/calendar; charset=utf-8; method=${method}`, content });
  }
  return { to, subject: oneLine(letter.subject), text: asText(letter, origin, locale), html: asHtml(letter, origin, locale), attachments };
}
