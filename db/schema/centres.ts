/** Parks, and centres as tenants: their entries in the directory, accreditations, requests to be verified, member firms. */
import { bool, id, index, instant, int, json, primaryKey, real, table, text, uniqueIndex } from '../columns.ts';
import { organisation } from './identity.ts';

export type Family =
  | 'calibration'
  | 'verification'
  | 'testing'
  | 'consulting'
  | 'evaluation'
  | 'rd_support'
  | 'shared_equipment'
  | 'training'
  | 'expert'
  | 'reference_material';
export type Accreditation = 'CNAS' | 'CMA' | 'internal';

export const park = table(
  'park',
  {
    id: id().primaryKey(),
    slug: text().notNull(),
    /** Empty for a directory entry nobody has claimed. */
    organisationId: id().references(() => organisation.id),
    nameZh: text().notNull(),
    nameEn: text().notNull(),
    cityZh: text().notNull(),
    cityEn: text().notNull(),
    focusZh: text().notNull().default(''),
    focusEn: text().notNull().default(''),
    factZh: text().notNull().default(''),
    factEn: text().notNull().default(''),
    source: text().notNull().default(''),
  },
  (t) => [uniqueIndex('park_slug').on(t.slug)],
);

export const centre = table(
  'centre',
  {
    id: id().primaryKey(),
    slug: text().notNull(),
    /** Empty for a directory entry nobody has claimed: shown with its source, without prices, capabilities or slots. */
    organisationId: id().references(() => organisation.id),
    /** The park has agreed. */
    parkId: id().references(() => park.id),
    /** The park it says it lies in, until that park agrees. */
    askedParkId: id().references(() => park.id),
    nameZh: text().notNull(),
    nameEn: text().notNull(),
    hostZh: text().notNull().default(''),
    hostEn: text().notNull().default(''),
    introZh: text().notNull().default(''),
    introEn: text().notNull().default(''),
    cityZh: text().notNull(),
    cityEn: text().notNull(),
    addressZh: text().notNull().default(''),
    addressEn: text().notNull().default(''),
    /** Told to buyers whose order is confirmed. */
    phone: text().notNull().default(''),
    latitude: real(),
    longitude: real(),
    timeZone: text().notNull().default('Asia/Shanghai'),
    /** 信用等级 A–D; empty until objective events give one. */
    creditGrade: text(),
    demonstration: bool().notNull().default(false),
    /** Hidden: what an organisation prepares in while its request for an entry of the directory waits. It has no other entry then. */
    preparing: bool().notNull().default(false),
    source: text().notNull().default(''),
    sourceConfidence: text().notNull().default(''),
    /** When the operator saw evidence that the organisation is this centre; empty: it says so itself. */
    verifiedAt: instant(),
    /** The name it was verified under, once it has taken another: it is to be verified again, and is not meanwhile. */
    verifiedAs: json().$type<{ zh: string; en: string; at: number } | null>(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('centre_slug').on(t.slug), index('centre_park').on(t.parkId), index('centre_organisation').on(t.organisationId)],
);

export const accreditation = table(
  'accreditation',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    kind: text().$type<Accreditation>().notNull(),
    number: text().notNull(),
    /** In the body's words; empty: all that is stated in the capability rows under it. */
    scope: text().notNull().default(''),
    validFrom: instant().notNull(),
    /** The last millisecond of its last day. */
    validUntil: instant().notNull(),
    /** The certificate itself, for whoever has to check it. */
    evidenceId: id(),
    /** The last warning sent, by its days left; empty: none for this period. */
    warnedDays: int(),
    /** stated: nobody has looked at the certificate, or what it is about changed since; only accepted ones count as accreditation. */
    checkState: text().$type<'stated' | 'accepted' | 'refused'>().notNull().default('stated'),
    /** The families of services the operator accepted it for. */
    checkedFamilies: json().$type<Family[]>().notNull().default([]),
    /** Why the operator refused it. */
    checkReason: text().notNull().default(''),
    checkedBy: id(),
    checkedAt: instant(),
    /** Raised by every change of the centre: the operator decides on just what was shown. */
    revision: int().notNull().default(1),
    /** When the centre stated it as it is; empty: before that was kept. */
    statedAt: instant(),
  },
  (t) => [index('accreditation_centre').on(t.centreId), index('accreditation_check').on(t.checkState)],
);

/** Documents by which an organisation shows that it is a centre: to take over its directory entry, or to have its own verified. */
export const verificationRequest = table(
  'verification_request',
  {
    id: id().primaryKey(),
    centreId: id()
      .notNull()
      .references(() => centre.id),
    /** Who says that it is this centre. */
    organisationId: id()
      .notNull()
      .references(() => organisation.id),
    personId: id().notNull(),
    statement: text().notNull(),
    fileIds: json().$type<string[]>().notNull(),
    state: text().$type<'waiting' | 'accepted' | 'refused' | 'withdrawn'>().notNull(),
    /** What the operator answered. */
    reason: text().notNull().default(''),
    decidedBy: id(),
    decidedAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [index('verification_request_state').on(t.state, t.createdAt), index('verification_request_organisation').on(t.organisationId)],
);

/** Firms a centre gives its member price. */
export const centreMember = table(
  'centre_member',
  { centreId: id().notNull(), organisationId: id().notNull(), personId: id().notNull(), createdAt: instant().notNull() },
  (t) => [primaryKey({ columns: [t.centreId, t.organisationId] })],
);

/** Firms of a park: the firm says so, the park confirms it. */
export const parkFirm = table(
  'park_firm',
  {
    parkId: id().notNull(),
    organisationId: id().notNull(),
    state: text().$type<'asked' | 'confirmed'>().notNull(),
    personId: id().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.parkId, t.organisationId] }), index('park_firm_organisation').on(t.organisationId)],
);
