/** Tables every module speaks to: effects to be done, leases, the audit chain and what its check found, the feed of changes, files. */
import { bool, id, index, instant, int, json, primaryKey, sequence, table, text, uniqueIndex, whole } from '../columns.ts';

/** An effect written in the transaction that wants it, and done after that transaction is safe. */
export const outbox = table(
  'outbox',
  {
    id: id().primaryKey(),
    topic: text().notNull(),
    payload: json().$type<Record<string, unknown>>().notNull(),
    /** A second row with the same key is the same effect: it is refused by the engine. */
    dedupeKey: text(),
    availableAt: instant().notNull(),
    attempts: int().notNull().default(0),
    leasedBy: text(),
    leasedUntil: instant(),
    doneAt: instant(),
    failedAt: instant(),
    lastError: text(),
    createdAt: instant().notNull(),
  },
  (t) => [index('outbox_open').on(t.doneAt, t.availableAt), uniqueIndex('outbox_dedupe').on(t.topic, t.dedupeKey)],
);

/** Who may run a piece of background work now, among several processes. */
export const lease = table('lease', { name: text().primaryKey(), owner: text().notNull(), until: instant().notNull() });

/** Append-only; each row's hash covers its chain's previous one. A chain is a subject (an order, an organisation, a person). */
export const auditLog = table(
  'audit_log',
  {
    chain: text().notNull(),
    position: int().notNull(),
    at: instant().notNull(),
    actorId: text(),
    action: text().notNull(),
    data: json().$type<Record<string, unknown>>().notNull(),
    previousHash: text().notNull(),
    hash: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.chain, t.position] })],
);

/** Where each audit chain stood when it was last checked, sealed with a key the database does not hold. */
export const auditSeal = table('audit_seal', {
  chain: text().primaryKey(),
  position: int().notNull(),
  hash: text().notNull(),
  mac: text().notNull(),
});

/** All seals of a day as one, each over the day before. */
export const auditDay = table('audit_day', {
  day: text().primaryKey(),
  chains: int().notNull(),
  digest: text().notNull(),
  mac: text().notNull(),
  /** Which key sealed it, without telling it. */
  keyName: text().notNull(),
});

/** What the nightly check of the audit log found, until an operator has looked at it. The audit chain `audit` has every finding of every night. */
export const auditFinding = table(
  'audit_finding',
  {
    id: id().primaryKey(),
    fault: text().$type<'broken' | 'cut' | 'rewritten' | 'removed' | 'seals' | 'other_key'>().notNull(),
    /** The subject's chain; empty where it is about the seals. */
    chain: text().notNull(),
    position: int().notNull(),
    firstAt: instant().notNull(),
    lastAt: instant().notNull(),
    /** A later check did not find it: found once more, it is new. */
    gone: bool().notNull().default(false),
    lookedAt: instant(),
    lookedBy: id(),
    note: text().notNull().default(''),
  },
  (t) => [uniqueIndex('audit_finding_once').on(t.fault, t.chain, t.position), index('audit_finding_looked').on(t.lookedAt)],
);

/** What changed, for readers that keep something derived from it in memory. */
export const changeFeed = table(
  'change_feed',
  {
    seq: sequence(),
    /** `feed`: of nothing but the feed itself, a place in it to be found again. */
    kind: text().$type<'feed' | 'service' | 'centre' | 'capability' | 'pool' | 'specification'>().notNull(),
    ref: text().notNull(),
    at: instant().notNull(),
  },
  (t) => [index('change_feed_at').on(t.at)],
);

/** Where a tailing reader stands (gateway events, reconciliation). */
export const cursor = table('cursor', {
  name: text().primaryKey(),
  position: text().notNull(),
  at: instant().notNull(),
  count: whole().notNull().default(0),
});

export type Audience = 'own' | 'listing' | 'public';

/** What is known of a file; its bytes lie in the file store under the id. */
export const storedFile = table(
  'stored_file',
  {
    id: id().primaryKey(),
    /** Whose it is. */
    organisationId: id().notNull(),
    /**
     * `own`: evidence, for those whose pages show it. `listing`: brought to be shown with a service, and seen by its organisation
     * until that is published; then `public`, for anybody.
     */
    audience: text().$type<Audience>().notNull().default('own'),
    name: text().notNull(),
    type: text().notNull(),
    size: int().notNull(),
    sha256: text().notNull(),
    personId: id().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('stored_file_organisation').on(t.organisationId)],
);

/** Who refers to a file: as long as anybody does, it stays. What refers to files says so here, in the transaction in which it does. */
export const fileUse = table(
  'file_use',
  {
    fileId: id()
      .notNull()
      .references(() => storedFile.id),
    /** A kind of owner, as its module names it. */
    ownerKind: text().notNull(),
    ownerId: id().notNull(),
  },
  (t) => [primaryKey({ columns: [t.fileId, t.ownerKind, t.ownerId] }), index('file_use_owner').on(t.ownerKind, t.ownerId)],
);
