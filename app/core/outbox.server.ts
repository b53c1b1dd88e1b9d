import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { countAll, prepare, type Queries } from '#db/queries.ts';
import { outbox } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';
import { newId } from './ids.server.ts';

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

/** Handlers may run twice for one effect (a crash after the deed): each must bear that. */
export type Handlers = Record<string, (payload: Record<string, unknown>, effect: { id: string; attempts: number }) => Promise<void>>;

const BATCH = 32;
const LEASE_MS = 60_000;
/** 12 tries in the first 68 minutes, then one an hour for four days: a weekend without a mail server loses no letter. */
const MOST_ATTEMPTS = 108;
/** So often tried (an hour and more), it stands before the operator, who may end the wait. */
const LATE_ATTEMPTS = 12;
/** 1 s, 2 s, 4 s … at most an hour between tries. */
const backoff = (attempts: number) => Math.min(1000 * 2 ** attempts, 3_600_000);

/**
 * Does what is due, batch after batch, until nothing is. Several processes may run it at once: a row is leased before it is done.
 * @returns how many effects were done
 */
export async function drainOutbox({ db, clock, log }: Deps, handlers: Handlers, owner: string): Promise<number> {
  let done = 0;
  for (;;) {
    const batch = await leaseBatch(db, Object.keys(handlers), owner, clock());
    if (batch.length === 0) return done;
    const results = await Promise.all(
      batch.map(async (row) => {
        try {
          await handlers[row.topic]?.(row.payload, { id: row.id, attempts: row.attempts });
          return { id: row.id };
        } catch (error) {
          log.warn(
            { topic: row.topic, effect: row.id, attempts: row.attempts + 1, error: String(error) },
            'effect failed, will be tried again',
          );
          return { id: row.id, attempts: row.attempts + 1, error: String(error).slice(0, 500) };
        }
      }),
    );
    const now = clock();
    const failed = results.filter((r) => r.error !== undefined);
    const ok = results.filter((r) => r.error === undefined).map((r) => r.id);
    await db.write(async (tx) => {
      if (ok.length > 0) await tx.update(outbox).set({ doneAt: now, leasedBy: null, leasedUntil: null }).where(inArray(outbox.id, ok));
      for (const f of failed) {
        const attempts = f.attempts ?? 1;
        const over = attempts >= MOST_ATTEMPTS;
        await tx
          .update(outbox)
          .set({
            attempts,
            lastError: f.error,
            leasedBy: null,
            leasedUntil: null,
            availableAt: now + backoff(attempts),
            failedAt: over ? now : null,
          })
          .where(eq(outbox.id, f.id));
      }
    });
    done += ok.length;
    if (ok.length === 0) return done;
  }
}

async function leaseBatch(db: Deps['db'], topics: string[], owner: string, now: number) {
  const due = and(
    isNull(outbox.doneAt),
    isNull(outbox.failedAt),
    lte(outbox.availableAt, now),
    inArray(outbox.topic, topics),
    or(isNull(outbox.leasedUntil), lt(outbox.leasedUntil, now)),
  );
  // Looking is cheap and takes no lock; only what is seen to be due is worth a transaction.
  const seen = await db.read((q) => q.select({ id: outbox.id }).from(outbox).where(due).limit(1));
  if (seen.length === 0) return [];
  return db.write(async (tx) => {
    const rows = await tx.select().from(outbox).where(due).orderBy(asc(outbox.availableAt), asc(outbox.id)).limit(BATCH);
    if (rows.length > 0)
      await tx
        .update(outbox)
        .set({ leasedBy: owner, leasedUntil: now + LEASE_MS })
        .where(
          inArray(
            outbox.id,
            rows.map((row) => row.id),
          ),
        );
    return rows;
  });
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
