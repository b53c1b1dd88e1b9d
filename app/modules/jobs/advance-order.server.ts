import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { sessionsOf } from '#app/modules/catalogue/service-facts.server.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { next } from '#app/modules/orders/machines.ts';
import { endOffersOf } from '#app/modules/orders/offers/close-offer.server.ts';
import { mailBuyer } from '#app/modules/orders/order-mail.server.ts';
import { centreOrder, type Order } from '#app/modules/orders/order-row.server.ts';
import { changeOrder } from '#app/modules/orders/record-order-event.server.ts';
import { sessionAt } from '#app/modules/scheduling/course-sessions.ts';
import { markUsed } from '#app/modules/scheduling/release-claims.server.ts';
import { chunks, type Queries } from '#db/queries.ts';
import { job } from '#db/schema/jobs.ts';
import type { WorkProgress } from '#db/schema/orders.ts';
import { JOB, type JobEvent, progressOf } from './job-machine.ts';

/** What a centre says of its work, in the order it happens. */
export const ADVANCES = ['receive', 'begin', 'report', 'close'] as const satisfies readonly JobEvent[];
export type Advance = (typeof ADVANCES)[number];

/**
 * The centre moves an order on: received, in service, reported, closed. Every piece that stands before that step goes with it, or those
 * that are named; the order shows where the last of them is.
 * @param version of the order the page showed: two people who press at once move it one step, not two
 * @param positions of the pieces that move, all of them or none
 * @throws Problem not_found (also a piece the order has not), forbidden, transition_refused, stale
 */
export async function advanceOrder(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  move: Move,
): Promise<{ progress: WorkProgress }> {
  return db.write((tx) => advanceIn(tx, actor, move, clock()));
}

type Move = { number: string; event: Advance; version: number; positions?: readonly number[] };

/** The same in the transaction of whoever writes more. */
export async function advanceIn(
  tx: Queries,
  actor: Actor,
  { number, event, version, positions }: Move,
  now: number,
): Promise<{ progress: WorkProgress }> {
  const order = await centreOrder(tx, actor, number);
  requireRight(actor, 'order.work');
  const jobs = order.progress === 'cancelled' ? [] : await jobsOf(tx, order.id);
  const named = positions && [...new Set(positions)].map((position) => jobs.find((one) => one.position === position));
  if (named?.includes(undefined)) throw new Problem('not_found');
  const moving = (named?.flatMap((one) => one ?? []) ?? jobs).flatMap((one) => {
    const to = next(JOB, one.state, event);
    return to ? [{ position: one.position, to }] : [];
  });
  const [first] = moving;
  if (!first || (named && moving.length < named.length)) throw new Problem('transition_refused', { from: order.progress, event });
  if (order.version !== version) throw new Problem('stale');
  const moved = new Map(moving.map(({ position, to }) => [position, to]));
  await setStates(tx, order.id, moving, now);
  const progress = progressOf(jobs.map(({ position, state }) => moved.get(position) ?? state));
  const begins = first.to === 'in_service' && order.workBegunAt === null;
  const reached = progress === order.progress || progress === 'confirmed' ? null : progress;
  const told = reached ? { kind: reached } : { kind: 'pieces_moved' as const, data: { to: first.to, count: moving.length } };
  const changes = { progress, ...(begins && { workBegunAt: now }) };
  const changed = await changeOrder(tx, order, changes, { ...told, actorId: actor.personId }, now);
  if (begins) {
    await markUsed(tx, order.id);
    if (order.snapshot.family === 'training') await markDateUsed(tx, order);
    await endOffersOf(tx, order.id, now, 'for_good');
  }
  const work = { family: order.snapshot.family, deliveryMode: order.deliveryMode };
  if (reached) await mailBuyer(tx, changed, 'order_progress', { progress: reached, ...work }, now, reached);
  return { progress };
}

/** Of a course with dates, who teaches is at work for all who came. */
async function markDateUsed(tx: Queries, { serviceId, startAt }: Pick<Order, 'serviceId' | 'startAt'>): Promise<void> {
  const date = sessionAt({ sessions: await sessionsOf(tx, serviceId) }, startAt);
  if (date?.holderId) await markUsed(tx, date.holderId);
}

const jobsOf = (tx: Queries, orderId: string) =>
  tx.select({ position: job.position, state: job.state }).from(job).where(eq(job.orderId, orderId)).orderBy(asc(job.position));

/** One event leads to one state from wherever it is known. */
async function setStates(
  tx: Queries,
  orderId: string,
  moving: readonly { position: number; to: typeof job.$inferSelect.state }[],
  now: number,
) {
  for (const part of chunks(moving)) {
    const positions = part.map(({ position }) => position);
    await tx
      .update(job)
      .set({ state: part[0]?.to, changedAt: now })
      .where(and(eq(job.orderId, orderId), inArray(job.position, positions)));
  }
}
