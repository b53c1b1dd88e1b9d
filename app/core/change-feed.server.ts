import { and, asc, gt, gte, max, sql } from 'drizzle-orm';
import { prepare, type Queries } from '#db/queries.ts';
import { changeFeed } from '#db/schema/core.ts';
import type { Deps } from './deps.ts';

export type Change = { seq: number; kind: (typeof changeFeed.$inferSelect)['kind']; ref: string };

/** Says that something changed, in the transaction that changes it. */
export async function announce(tx: Queries, kind: Change['kind'], ref: string, now: number): Promise<void> {
  await prepare(tx, 'change_announce', (q) =>
    q.insert(changeFeed).values({ kind: sql.placeholder('kind'), ref: sql.placeholder('ref'), at: sql.placeholder('at') }),
  ).execute({ kind, ref, at: now });
}

/** PostgreSQL may commit a lower number after a higher one: rows this young are looked at again. */
const OVERLAP_MS = 10_000;

/**
 * Follows the feed: each call gives what has been announced since the last one, every change once.
 * The first call gives nothing: whoever follows starts from the tables as they are (read them after the first call).
 */
export function followChanges({ db, clock }: Pick<Deps, 'db' | 'clock'>): () => Promise<Change[]> {
  let settled = -1;
  let seen = new Map<number, number>();
  return async () => {
    const now = clock();
    if (settled < 0) {
      const [last] = await db.read((q) => q.select({ seq: max(changeFeed.seq) }).from(changeFeed));
      const recent = await db.read((q) =>
        q
          .select({ seq: changeFeed.seq, at: changeFeed.at })
          .from(changeFeed)
          .where(gte(changeFeed.at, now - OVERLAP_MS)),
      );
      seen = new Map(recent.map((row) => [row.seq, row.at]));
      settled = Math.min(Number(last?.seq ?? 0), ...recent.map((row) => row.seq - 1));
      return [];
    }
    const rows = await db.read((q) =>
      prepare(q, 'change_since', (p) =>
        p
          .select()
          .from(changeFeed)
          .where(and(gt(changeFeed.seq, sql.placeholder('settled'))))
          .orderBy(asc(changeFeed.seq)),
      ).execute({ settled }),
    );
    const fresh = rows.filter((row) => !seen.has(row.seq));
    for (const row of fresh) seen.set(row.seq, row.at);
    for (const row of rows) {
      if (row.at >= now - OVERLAP_MS) break;
      settled = row.seq;
      seen.delete(row.seq);
    }
    return fresh;
  };
}
