import { and, eq, inArray } from 'drizzle-orm';
import type { HookFacts } from '#app/core/hooks.ts';
import type { Queries } from '#db/queries.ts';
import { job } from '#db/schema/jobs.ts';
import { statesBefore } from './job-machine.ts';

/** Ends what was still to be done for an order that is over; what is reported stays so. */
export async function cancelJobs(tx: Queries, { orderId, wasConfirmed }: HookFacts['orderEnded'], now: number): Promise<void> {
  if (!wasConfirmed) return;
  await tx
    .update(job)
    .set({ state: 'cancelled', changedAt: now })
    .where(and(eq(job.orderId, orderId), inArray(job.state, statesBefore('cancel'))));
}
