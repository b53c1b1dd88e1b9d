/** CMC rows: what a centre can measure, over which range, with which expanded uncertainty. */
import { id, index, instant, json, real, table, text } from '../columns.ts';
import { accreditation, centre } from './catalogue.ts';

export const capability = table(
  'capability',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    fieldZh: text().notNull(),
    instrumentZh: text().notNull(),
    instrumentEn: text().notNull(),
    measurandZh: text().notNull(),
    measurandEn: text().notNull().default(''),
    method: text().notNull(),
    /** Range in the declared unit; the base-unit numbers beside it are what matching works on. */
    rangeMin: real().notNull(),
    rangeMax: real().notNull(),
    unit: text().notNull(),
    baseMin: real().notNull(),
    baseMax: real().notNull(),
    kind: text().notNull(),
    /** Typed form of U (capability/uncertainty.ts). */
    uncertainty: json().$type<unknown>().notNull(),
    uncertaintyText: text().notNull(),
    secondParameters: json().$type<unknown[]>().notNull(),
    coverageFactor: real().notNull(),
    levelOfConfidence: real().notNull().default(0.95),
    conditionsZh: text().notNull().default(''),
    conditionsEn: text().notNull().default(''),
    accreditationId: id().references(() => accreditation.id),
    createdAt: instant().notNull(),
  },
  (t) => [index('capability_centre').on(t.centreId), index('capability_instrument').on(t.instrumentZh)],
);
