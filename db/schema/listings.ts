/** What a centre says of its services: what it is still writing, and every state it published. */
import { id, index, instant, int, json, primaryKey, table, text } from '../columns.ts';
import { centre } from './centres.ts';

/** What a centre says of a service, before (or while) it is published: at most one unpublished state of each. */
export const listing = table(
  'listing',
  {
    /** Of the service it is, or will be. */
    serviceId: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** catalogue/listing/listing-content.ts */
    content: json().$type<unknown>().notNull(),
    state: text().$type<'draft' | 'review'>().notNull(),
    /** Raised with every save: who saves over an older one is told. */
    revision: int().notNull(),
    personId: id().notNull(),
    updatedAt: instant().notNull(),
  },
  (t) => [index('listing_centre').on(t.centreId)],
);

/** Every published state of a service, from the first edited here on. */
export const serviceVersion = table(
  'service_version',
  {
    serviceId: id().notNull(),
    version: int().notNull(),
    content: json().$type<unknown>().notNull(),
    personId: id().notNull(),
    publishedAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.serviceId, t.version] })],
);
