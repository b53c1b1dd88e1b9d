/** What is told to people: mail kept by a demonstration run, links to a centre's calendar. */
import { id, index, instant, json, table, text, uniqueIndex } from '../columns.ts';

/** Mail that was not sent to a server because none is configured: the mailbox page of a demonstration run reads it. */
export const keptMail = table(
  'kept_mail',
  {
    id: id().primaryKey(),
    to: text().notNull(),
    subject: text().notNull(),
    text: text().notNull(),
    html: text().notNull(),
    attachments: json().$type<{ name: string; type: string; content: string }[]>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('kept_mail_to').on(t.to, t.createdAt)],
);

/** A centre's bookings as a calendar somebody subscribes to: one link a person and centre. */
export const calendarFeed = table(
  'calendar_feed',
  {
    /** The link carries the secret; here is its hash. */
    secretHash: text().primaryKey(),
    organisationId: id().notNull(),
    personId: id().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('calendar_feed_person').on(t.personId, t.organisationId)],
);
