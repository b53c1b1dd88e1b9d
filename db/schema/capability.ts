/** CMC rows: what a centre can measure, over which range, with which expanded uncertainty. */
import { bool, id, index, instant, int, json, primaryKey, real, table, text } from '../columns.ts';
import { accreditation, centre } from './centres.ts';

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
    /** k as stated; 1 for a standard uncertainty. */
    coverageFactor: real().notNull(),
    /** Level of confidence as stated, a fraction; empty: none is stated. */
    confidence: real(),
    /** Times U as stated is U at k = 2 (U₉₅), on which rows are compared. */
    comparisonFactor: real().notNull().default(1),
    /** Class, type, size or characteristic the row holds for, as printed: K, E2, Ra, M2~M100. */
    designation: text().notNull().default(''),
    conditionsZh: text().notNull().default(''),
    conditionsEn: text().notNull().default(''),
    accreditationId: id().references(() => accreditation.id),
    /** When the row begins and ends to hold, its last millisecond; empty: no bound. */
    validFrom: instant(),
    validUntil: instant(),
    /** Raised with every change; the earlier states are in `capability_version`. */
    version: int().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [index('capability_centre').on(t.centreId), index('capability_instrument').on(t.instrumentZh)],
);

/** A row as it was before it was changed or removed. */
export const capabilityVersion = table(
  'capability_version',
  {
    capabilityId: id().notNull(),
    version: int().notNull(),
    centreId: id().notNull(),
    /** The columns of `capability`. */
    row: json().$type<unknown>().notNull(),
    /** Who ended it, and when. */
    personId: id().notNull(),
    endedAt: instant().notNull(),
    removed: bool().notNull(),
  },
  (t) => [primaryKey({ columns: [t.capabilityId, t.version] }), index('capability_version_centre').on(t.centreId, t.endedAt)],
);

/** A scope somebody is bringing in: the file as it was read, and how its columns are understood. Nothing of it counts before it is confirmed. */
interface ImportLine {
  line: number;
  cells: string[];
  sheet?: number;
  marks?: {
    column: number;
    code: 'day' | 'rounded' | 'format' | 'uncalculated' | 'hidden' | 'struck';
    found: string;
    typed?: string;
  }[];
  numbers?: number[];
  indented?: true;
}

export const capabilityImport = table(
  'capability_import',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    personId: id().notNull(),
    fileName: text().notNull(),
    encoding: text().notNull(),
    /** Lines with their cells (capability/import/table.ts: TableRow). */
    lines: json().$type<ImportLine[]>().notNull(),
    /** Its tables (capability/import/columns.ts: ImportSheet). */
    sheets: json().$type<unknown[]>().notNull().default([]),
    /** What a person has decided about its rows (capability/import/decisions.ts). */
    decisions: json().$type<unknown>().notNull().default({}),
    /** Raised with every change: what was judged holds for one revision. */
    revision: int().notNull().default(1),
    coverageFactor: real().notNull(),
    /** Field of rows that state none. */
    field: text().notNull(),
    accreditationId: id().references(() => accreditation.id),
    createdAt: instant().notNull(),
  },
  (t) => [index('capability_import_created').on(t.createdAt)],
);
