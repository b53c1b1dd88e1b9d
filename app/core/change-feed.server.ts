import { randomUUID } from 'node:crypto';
import { asc, desc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import { beSeenOpen, ended, numberFromNow } from '#db/feed-order.ts';
import { chunks, prepare, type Queries } from '#db/queries.ts';
import { changeFeed } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';

type Kind = (typeof changeFeed.$inferSelect)['kind'];
export type Change = { seq: number; kind: Exclude<Kind, 'feed'>; ref: string };

/** Says that something changed, in the transaction that changes it. */
export async function announce(tx: Queries, kind: Kind, ref: string, now: number): Promise<void> {
  await beSeenOpen(tx);
  await prepare(tx, 'change_announce', (q) =>
    q.insert(changeFeed).values({ kind: sql.placeholder('kind'), ref: sql.placeholder('ref'), at: sql.placeholder('at') }),
  ).execute({ kind, ref, at: now });
}

/** The same of many. */
export async function announceAll(tx: Queries, kind: Change['kind'], refs: readonly string[], now: number): Promise<void> {
  if (refs.length > 0) await beSeenOpen(tx);
  for (const part of chunks(refs)) await tx.insert(changeFeed).values(part.map((ref) => ({ kind, ref, at: now })));
}

/** Where following begins: no transaction is open for so long (the data layer ends each of its statements, and idle ones, after seconds). */
const LONGEST_OPEN_MS = 3_600_000;

export type Following = {
  (): Promise<Change[]>;
  /** Where following would go on, giving no change too few and some once more; undefined before the first call. */
  settled(): number | undefined;
};

/**
 * Follows the feed: each call gives what has been announced since the last one, every change once, however long its transaction was open.
 * The first call gives nothing: whoever follows starts from the tables as they are (read them after the first call).
 * @param from where another has settled: then the first call gives all since
 */
export function followChanges({ db, clock }: Pick<Deps, 'db' | 'clock'>, from?: number): Following {
  /** Up to here nothing can be added any more: every transaction with such a number has ended. */
  let settled = from;
  /** Rows behind it that have been given out. */
  const seen = new Set<number>();
  /** Settled through a row as soon as all have ended that were open when it was last in the feed. */
  let awaited: { through: number; next: number } | undefined;

  const look = async (): Promise<Change[]> => {
    const rows = await db.read((q) =>
      prepare(q, 'change_since', (p) =>
        p
          .select({ seq: changeFeed.seq, kind: changeFeed.kind, ref: changeFeed.ref, ended })
          .from(changeFeed)
          .where(gt(changeFeed.seq, sql.placeholder('settled')))
          .orderBy(asc(changeFeed.seq)),
      ).execute({ settled }),
    );
    const fresh = rows.filter(({ seq }) => !seen.has(seq));
    for (const { seq } of fresh) seen.add(seq);
    const last = rows.at(-1);
    if (last) {
      awaited ??= { through: last.seq, next: await db.read(numberFromNow) };
      if (last.ended >= awaited.next) {
        settled = awaited.through;
        for (const { seq } of rows) if (seq <= settled) seen.delete(seq);
        awaited = undefined;
      }
    }
    return fresh.flatMap(({ seq, kind, ref }) => (kind === 'feed' ? [] : [{ seq, kind, ref }]));
  };

  const next = async () => {
    if (settled !== undefined) return look();
    settled = await db.read((q) => lastBefore(q, clock() - LONGEST_OPEN_MS));
    await look();
    return [];
  };
  return Object.assign(next, { settled: () => settled });
}

/** A place in the feed that no other database has, and this one not before now: a change of nothing. */
export async function markFeed({ db, clock }: Pick<Deps, 'db' | 'clock'>): Promise<{ seq: number; ref: string }> {
  const ref = `mark-${randomUUID()}`;
  await db.write((tx) => announce(tx, 'feed', ref, clock()));
  const [row] = await db.read((q) => q.select({ seq: changeFeed.seq }).from(changeFeed).where(eq(changeFeed.ref, ref)));
  if (!row) throw new Error('the feed does not show what was just announced');
  return { seq: row.seq, ref };
}

/** Whether the feed still has the mark, with all that came after it. */
export async function hasMark({ db }: Pick<Deps, 'db'>, { seq, ref }: { seq: number; ref: string }, since: number): Promise<boolean> {
  const rows = await db.read((q) => q.select().from(changeFeed).where(eq(changeFeed.seq, seq)));
  return rows.some((row) => row.ref === ref && row.at >= since);
}

async function lastBefore(q: Queries, at: number): Promise<number> {
  const [row] = await q
    .select({ seq: changeFeed.seq })
    .from(changeFeed)
    .where(lt(changeFeed.at, at))
    .orderBy(desc(changeFeed.seq))
    .limit(1);
  return row?.seq ?? 0;
}

/** Takes away what was announced before an instant, so much at most: nobody follows that far behind. @returns how many went */
export async function forgetChanges(tx: Queries, before: number, most: number): Promise<number> {
  const old = tx.select({ seq: changeFeed.seq }).from(changeFeed).where(lt(changeFeed.at, before)).limit(most);
  return (await tx.delete(changeFeed).where(inArray(changeFeed.seq, old)).returning({ seq: changeFeed.seq })).length;
}
