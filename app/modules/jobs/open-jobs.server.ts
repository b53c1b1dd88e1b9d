import { sql } from 'drizzle-orm';
import { piecesOf } from '#app/modules/orders/pieces.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { job } from '#db/schema/jobs.ts';

/** Opens a job for each piece of an order that was confirmed: one statement, for it is part of every payment. What is open stays. */
export async function openJobs(tx: Queries, { orderId }: { orderId: string }, now: number): Promise<void> {
  await prepare(tx, 'jobs_open', (q) => {
    const piece = piecesOf(q);
    return q
      .insert(job)
      .select(
        q
          .select({
            orderId: piece.orderId,
            position: piece.position,
            state: sql`'awaited'`.as('state'),
            changedAt: sql`cast(${sql.placeholder('now')} as bigint)`.as('changed_at'),
          })
          .from(piece)
          // SQLite reads the `on` of what follows as a join's without it.
          .where(sql`true`),
      )
      .onConflictDoNothing();
  }).execute({ orderId, now });
}
