import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { countAll, prepare, type Queries } from '#db/queries.ts';
import { outbox } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';
import { newId } from './ids.server.ts';
import { isFree } from './lease.server.ts';

export type Effect = {
  topic: string;
  payload: Record<string, unknown>;
  /** Two effects of one topic with the same key are one effect. */
  dedupeKey?: string;
  /** Not before this instant; now when left out. */
  at?: number;
};

/** Puts an effect down in the transaction that wants it; it is done after the commit, at least once. */
export async function enqueue(tx: Queries, effect: Effect, now: number): Promise<void> {
  await prepare(tx, 'outbox_enqueue', (q) =>
    q
      .insert(outbox)
      .values({
        id: sql.placeholder('id'),
        topic: sql.placeholder('topic'),
        payload: sql.placeholder('payload'),
        dedupeKey: sql.placeholder('dedupeKey'),
        availableAt: sql.placeholder('availableAt'),
        createdAt: sql.placeholder('createdAt'),
      })
      .onConflictDoNothing(),
  ).execute({
    id: newId(),
    topic: effect.topic,
    payload: effect.payload,
    dedupeKey: effect.dedupeKey ?? null,
    availableAt: effect.at ?? now,
    createdAt: now,
  });
}

/**
 * Handlers may run twice for one effect (a crash after the deed): each must bear that. A handler may call `done` as soon as the deed is done,
 * with what else is to be written in that transaction; the rows of the others are told together, once a batch.
 */
export type Handlers = Record<
  string,
  (
    payload: Record<string, unknown>,
    effect: { id: string; attempts: number; done: (alsoWrite: (tx: Queries) => Promise<void>) => Promise<void> },
  ) => Promise<void>
>;

const BATCH = 32;
/** A process that died holds its rows no longer than this; one that lives renews it while it works on them. */
const LEASE_MS = 60_000;
/** 12 tries in the first 68 minutes, then one an hour for four days: a weekend without a mail server loses no letter. */
const MOST_ATTEMPTS = 108;
/** So often tried (an hour and more), it stands before the operator, who may end the wait. */
const LATE_ATTEMPTS = 12;
/** 1 s, 2 s, 4 s … at most an hour between tries. */
const backoff = (attempts: number) => Math.min(1000 * 2 ** attempts, 3_600_000);

type Row = typeof outbox.$inferSelect;
type Outcome = { id: string; told: boolean; failure?: { attempts: number; error: string } };

/**
 * Does what is due, batch after batch, until nothing is. Several processes may run it at once: a row is leased before it is done.
 * @returns how many effects were done
 */
export async function drainOutbox(deps: Deps, handlers: Handlers, owner: string, leaseMs = LEASE_MS): Promise<number> {
  const { db, clock } = deps;
  let done = 0;
  for (;;) {
    const batch = await leaseBatch(db, Object.keys(handlers), { owner, leaseMs }, clock());
    if (batch.length === 0) return done;
    // A slow mail server takes its time over a batch: nobody else may think that this process is dead, and send the rest again.
    const renewal = setInterval(() => {
      renew(db, owner, batch, clock() + leaseMs).catch(() => {}); // until the next time it is leased still
    }, leaseMs / 3);
    const outcomes = await Promise.all(batch.map((row) => perform(deps, handlers, row))).finally(() => clearInterval(renewal));
    await tell(db, outcomes, clock());
    const ok = outcomes.filter(({ failure }) => !failure).length;
    done += ok;
    if (ok === 0) return done;
  }
}

async function perform({ db, clock, log }: Deps, handlers: Handlers, row: Row): Promise<Outcome> {
  const { id, topic } = row;
  let told = false;
  const done = async (alsoWrite: (tx: Queries) => Promise<void>) => {
    await db.write(async (tx) => {
      await alsoWrite(tx);
      await tx.update(outbox).set(over(clock())).where(eq(outbox.id, id));
    });
    told = true;
  };
  try {
    await handlers[topic]?.(row.payload, { id, attempts: row.attempts, done });
    return { id, told };
  } catch (error) {
    const attempts = row.attempts + 1;
    log.warn({ topic, effect: id, attempts, error: String(error) }, 'effect failed, will be tried again');
    return { id, told, failure: { attempts, error: String(error).slice(0, 500) } };
  }
}

const over = (now: number) => ({ doneAt: now, leasedBy: null, leasedUntil: null });

/** Puts down how the effects of a batch went. */
async function tell(db: Deps['db'], outcomes: readonly Outcome[], now: number): Promise<void> {
  const done = outcomes.filter(({ told, failure }) => !told && !failure).map(({ id }) => id);
  const failed = outcomes.flatMap(({ id, failure }) => (failure ? [{ id, ...failure }] : []));
  if (done.length + failed.length === 0) return;
  await db.write(async (tx) => {
    if (done.length > 0) await tx.update(outbox).set(over(now)).where(inArray(outbox.id, done));
    for (const { id, attempts, error } of failed)
      await tx
        .update(outbox)
        .set({
          attempts,
          lastError: error,
          leasedBy: null,
          leasedUntil: null,
          availableAt: now + backoff(attempts),
          failedAt: attempts >= MOST_ATTEMPTS ? now : null,
        })
        .where(eq(outbox.id, id));
  });
}

const renew = (db: Deps['db'], owner: string, batch: readonly Row[], until: number) =>
  db.write((tx) =>
    tx
      .update(outbox)
      .set({ leasedUntil: until })
      .where(
        and(
          eq(outbox.leasedBy, owner),
          inArray(
            outbox.id,
            batch.map((row) => row.id),
          ),
        ),
      ),
  );

async function leaseBatch(
  db: Deps['db'],
  topics: string[],
  { owner, leaseMs }: { owner: string; leaseMs: number },
  now: number,
): Promise<Row[]> {
  const due = and(
    isNull(outbox.doneAt),
    isNull(outbox.failedAt),
    // What was to be done at once is due whatever the clock of the process that wrote it said.
    or(lte(outbox.availableAt, now), eq(outbox.availableAt, outbox.createdAt)),
    inArray(outbox.topic, topics),
    or(isNull(outbox.leasedUntil), isFree(outbox.leasedUntil, now, leaseMs)),
  );
  // Looking is cheap and takes no lock; only what is seen to be due is worth a transaction.
  const seen = await db.read((q) => q.select({ id: outbox.id }).from(outbox).where(due).limit(1));
  if (seen.length === 0) return [];
  return db.write(async (tx) => {
    const rows = await tx.select().from(outbox).where(due).orderBy(asc(outbox.availableAt), asc(outbox.id)).limit(BATCH);
    if (rows.length > 0)
      await tx
        .update(outbox)
        .set({ leasedBy: owner, leasedUntil: now + leaseMs })
        .where(
          inArray(
            outbox.id,
            rows.map((row) => row.id),
          ),
        );
    return rows;
  });
}

/** What of an effect may stay once it is done: a mail's facts hold links that work once. In the transaction that does it. */
export async function keepOnly(tx: Queries, id: string, payload: Effect['payload']): Promise<void> {
  await tx.update(outbox).set({ payload }).where(eq(outbox.id, id));
}

/** Takes away effects done before an instant, so many at most. @returns how many went */
export async function forgetDone(tx: Queries, before: number, most: number): Promise<number> {
  const old = tx
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(isNotNull(outbox.doneAt), lt(outbox.doneAt, before)))
    .limit(most);
  return (await tx.delete(outbox).where(inArray(outbox.id, old)).returning({ id: outbox.id })).length;
}

export type LateEffect = { id: string; topic: string; attempts: number; since: number; error: string; givenUp: boolean };

/** Effects given up, or tried for an hour and more, the oldest first; `since` in UTC ms. */
export const lateEffects = async (q: Queries, most: number): Promise<LateEffect[]> => {
  const rows = await q
    .select()
    .from(outbox)
    .where(and(isNull(outbox.doneAt), or(isNotNull(outbox.failedAt), gte(outbox.attempts, LATE_ATTEMPTS))))
    .orderBy(asc(outbox.createdAt), asc(outbox.id))
    .limit(most);
  return rows.map(({ id, topic, attempts, createdAt, lastError, failedAt }) => ({
    id,
    topic,
    attempts,
    since: createdAt,
    error: lastError ?? '',
    givenUp: failedAt !== null,
  }));
};

/** Tries an effect again at once, and as long as a new one. @returns whether there is such an effect that is not done */
export async function retryEffect(tx: Queries, id: string, now: number): Promise<boolean> {
  const again = await tx
    .update(outbox)
    .set({ attempts: 0, failedAt: null, availableAt: now })
    .where(and(eq(outbox.id, id), isNull(outbox.doneAt)))
    .returning({ id: outbox.id });
  return again.length > 0;
}

/**
 * How far the outbox is behind: `oldestDue` in UTC ms is when the longest waiting effect was to be done, empty when none is due;
 * `givenUp` counts those nobody tries any more.
 */
export async function outboxBacklog(q: Queries, now: number): Promise<{ oldestDue: number | null; givenUp: number }> {
  const [due] = await q
    .select({ at: outbox.availableAt })
    .from(outbox)
    .where(and(isNull(outbox.doneAt), isNull(outbox.failedAt), lte(outbox.availableAt, now)))
    .orderBy(asc(outbox.availableAt))
    .limit(1);
  const [failed] = await q
    .select({ count: countAll() })
    .from(outbox)
    .where(and(isNull(outbox.doneAt), isNotNull(outbox.failedAt)));
  return { oldestDue: due?.at ?? null, givenUp: failed?.count ?? 0 };
}
