/** People, organisations, memberships, sessions, invitations. */
import { bool, id, index, instant, int, json, primaryKey, table, text, uniqueIndex, whole } from '../columns.ts';

export type OrganisationKind = 'sme' | 'centre' | 'park';
export type Role = 'owner' | 'member' | 'manager' | 'scheduler' | 'technician' | 'signatory' | 'finance' | 'administrator';

export const person = table(
  'person',
  {
    id: id().primaryKey(),
    /** Lower-cased, trimmed. */
    email: text().notNull(),
    name: text().notNull(),
    passwordHash: text().notNull(),
    locale: text().$type<'zh-CN' | 'en'>().notNull().default('zh-CN'),
    emailVerifiedAt: instant(),
    operator: bool().notNull().default(false),
    /** Since when a code or a passkey is asked for at sign-in; empty for whoever has no second factor. */
    secondFactorSince: instant(),
    demonstration: bool().notNull().default(false),
    /** The newest versions of terms and privacy notice the person has agreed to; 0: none. */
    agreedTerms: int().notNull().default(0),
    agreedPrivacy: int().notNull().default(0),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('person_email').on(t.email)],
);

/** Every agreement for good: to which versions, and when. */
export const agreement = table(
  'agreement',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    terms: int().notNull(),
    privacy: int().notNull(),
    agreedAt: instant().notNull(),
  },
  (t) => [index('agreement_person').on(t.personId)],
);

export const organisation = table(
  'organisation',
  {
    id: id().primaryKey(),
    kind: text().$type<OrganisationKind>().notNull(),
    slug: text().notNull(),
    nameZh: text().notNull(),
    nameEn: text().notNull(),
    city: text(),
    /** 统一社会信用代码, for invoices. */
    taxNumber: text(),
    demonstration: bool().notNull().default(false),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('organisation_slug').on(t.slug)],
);

export const membership = table(
  'membership',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    organisationId: id()
      .notNull()
      .references(() => organisation.id),
    role: text().$type<Role>().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('membership_once').on(t.personId, t.organisationId), index('membership_organisation').on(t.organisationId)],
);

export const session = table(
  'session',
  {
    /** SHA-256 of the cookie's secret: a copy of the database opens no session. */
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    organisationId: id().references(() => organisation.id),
    expiresAt: instant().notNull(),
    createdAt: instant().notNull(),
    userAgent: text().notNull().default(''),
    address: text().notNull().default(''),
    /** The password was right, the code of the second factor is still to come: it opens nothing else. */
    awaitsCode: bool().notNull().default(false),
  },
  (t) => [index('session_person').on(t.personId), index('session_expires').on(t.expiresAt)],
);

export const invitation = table(
  'invitation',
  {
    id: id().primaryKey(),
    organisationId: id()
      .notNull()
      .references(() => organisation.id),
    email: text().notNull(),
    role: text().$type<Role>().notNull(),
    tokenHash: text().notNull(),
    invitedBy: id()
      .notNull()
      .references(() => person.id),
    expiresAt: instant().notNull(),
    acceptedAt: instant(),
    revokedAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [uniqueIndex('invitation_token').on(t.tokenHash), index('invitation_organisation').on(t.organisationId)],
);

/** One-time tokens sent by mail: only their hash is kept. */
export const emailToken = table(
  'email_token',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    kind: text().$type<'verify' | 'reset'>().notNull(),
    tokenHash: text().notNull(),
    expiresAt: instant().notNull(),
    usedAt: instant(),
    createdAt: instant().notNull(),
    data: json().$type<Record<string, string>>().notNull(),
  },
  (t) => [uniqueIndex('email_token_hash').on(t.tokenHash), index('email_token_person').on(t.personId, t.kind)],
);

/** A browser that has signed in before: it keeps a secret of its own, of which the hash is here. */
export const knownDevice = table(
  'known_device',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    secretHash: text().notNull(),
    createdAt: instant().notNull(),
    lastUsedAt: instant().notNull(),
  },
  (t) => [uniqueIndex('known_device_once').on(t.personId, t.secretHash), index('known_device_last').on(t.lastUsedAt)],
);

export type SignInWay = 'password' | 'code' | 'passkey' | 'recovery_code' | 'confirmation' | 'invitation';

/** When, by what and from where somebody signed in. */
export const signInRecord = table(
  'sign_in',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    at: instant().notNull(),
    way: text().$type<SignInWay>().notNull(),
    userAgent: text().notNull(),
    /** Only the network: `203.0.113.*`. */
    network: text().notNull(),
    newDevice: bool().notNull(),
  },
  (t) => [index('sign_in_person').on(t.personId, t.at), index('sign_in_at').on(t.at)],
);

/** The shared secret of an authenticator, sealed with a key the database does not hold. It counts once a code has confirmed it. */
export const secondFactor = table('second_factor', {
  personId: id()
    .primaryKey()
    .references(() => person.id),
  sealed: text().notNull(),
  confirmedAt: instant(),
  /** The time step (30 s) of the last code used: none of it or before counts again. */
  lastStep: whole().notNull().default(0),
  createdAt: instant().notNull(),
});

/** Codes for when the authenticator is lost: each opens once, only its hash is kept. */
export const recoveryCode = table(
  'recovery_code',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    codeHash: text().notNull(),
    usedAt: instant(),
  },
  (t) => [uniqueIndex('recovery_code_once').on(t.personId, t.codeHash)],
);

/** Fixed windows of counted tries: sign-in, mail requests, invitations. */
export const rateLimit = table('rate_limit', { key: text().notNull(), windowStart: instant().notNull(), count: int().notNull() }, (t) => [
  primaryKey({ columns: [t.key, t.windowStart] }),
]);

/** A passkey (WebAuthn credential): what is here opens nothing, the private key never leaves its device. */
export const passkey = table(
  'passkey',
  {
    id: id().primaryKey(),
    personId: id()
      .notNull()
      .references(() => person.id),
    /** As its owner calls it. */
    name: text().notNull(),
    /** base64url, as the device names it. */
    credentialId: text().notNull(),
    /** COSE, base64url. */
    publicKey: text().notNull(),
    /** How often the device says it has signed; 0 where it does not count. */
    counter: whole().notNull(),
    transports: json().$type<string[]>().notNull(),
    /** Since when it is taken for copied, because its counter went back: it opens nothing any more. */
    suspectedAt: instant(),
    createdAt: instant().notNull(),
    lastUsedAt: instant(),
  },
  (t) => [uniqueIndex('passkey_credential').on(t.credentialId), index('passkey_person').on(t.personId)],
);

/** What a device is asked to sign: for one session and one use, gone when it is answered. */
export const passkeyChallenge = table(
  'passkey_challenge',
  {
    sessionId: id().notNull(),
    purpose: text().$type<'add' | 'show'>().notNull(),
    challenge: text().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.purpose] }), index('passkey_challenge_expires').on(t.expiresAt)],
);

/** An operator wants another operator's second factor removed; a third one confirms it. */
export const secondFactorRemoval = table('second_factor_removal', {
  personId: id()
    .primaryKey()
    .references(() => person.id),
  askedBy: id()
    .notNull()
    .references(() => person.id),
  /** How it was made sure that the person is who they say. */
  reason: text().notNull(),
  expiresAt: instant().notNull(),
  createdAt: instant().notNull(),
});
