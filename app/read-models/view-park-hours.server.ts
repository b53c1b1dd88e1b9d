/** What lies under a figure of a park: the days it sums, and the orders that hold their time. One kind of hour, or one pool. */
import { and, asc, between, eq, exists, gt, gte, inArray, lt, lte, or, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { HOUR_KINDS, type HourKind, hourKind, type Minutes, sum } from '#app/modules/parks/utilization.ts';
import { cellFrom } from '#app/modules/scheduling/grid.ts';
import { dayEnd, dayStart } from '#app/modules/scheduling/local-day.ts';
import { countAll, type Queries, sumOf } from '#db/queries.ts';
import { centre, park } from '#db/schema/centres.ts';
import { orders } from '#db/schema/orders.ts';
import { claim, pool, resourceDay } from '#db/schema/scheduling.ts';

/** `of`: a kind of hour or a pool of the park; both days (numbers) are shown. */
export type HoursQuestion = { of: string; firstDay: number; lastDay: number };

export type HoursDay = Minutes & { day: number };

/** The park, and its pools the figure is of. @throws Problem not_found for others than parks, and for a pool of another */
async function poolsUnder(q: Queries, actor: Actor, of: string) {
  requireRight(actor, 'park.view');
  const all = await q
    .select({
      id: pool.id,
      kind: pool.kind,
      nameZh: pool.nameZh,
      nameEn: pool.nameEn,
      gridMinutes: pool.gridMinutes,
      centreId: centre.id,
      centreZh: centre.nameZh,
      centreEn: centre.nameEn,
      timeZone: centre.timeZone,
    })
    .from(pool)
    .innerJoin(centre, eq(centre.id, pool.centreId))
    .innerJoin(park, eq(park.id, centre.parkId))
    .where(eq(park.organisationId, actor.organisationId));
  const kind = HOUR_KINDS.find((name) => name === of);
  const pools = all.filter((one) => (kind ? hourKind(one.kind) === kind : one.id === of));
  const [first] = pools;
  if (!kind && !first) throw new Problem('not_found');
  return { pools, subject: { kind: kind ?? hourKind((first as (typeof pools)[number]).kind), pool: kind ? null : (first ?? null) } };
}
type Pool = Awaited<ReturnType<typeof poolsUnder>>['pools'][number];

/** What the figure is of. */
export type HoursSubject = { kind: HourKind; pool: Pool | null };

/** Open, booked and used time of each day there is any of, and their sum. @throws Problem not_found */
export const viewParkDays = ({ db }: Pick<Deps, 'db'>, actor: Actor, { of, firstDay, lastDay }: HoursQuestion) =>
  db.read(async (q) => {
    const { pools, subject } = await poolsUnder(q, actor, of);
    const ids = pools.map(({ id }) => id);
    const days: HoursDay[] =
      ids.length === 0
        ? []
        : await q
            .select({
              day: resourceDay.day,
              open: sumOf(resourceDay.openMinutes),
              booked: sumOf(resourceDay.bookedMinutes),
              used: sumOf(resourceDay.usedMinutes),
            })
            .from(resourceDay)
            .where(and(inArray(resourceDay.poolId, ids), between(resourceDay.day, firstDay, lastDay)))
            .groupBy(resourceDay.day)
            .orderBy(asc(resourceDay.day));
    return { subject, days, total: sum(days) };
  }, 'reports');

/** Claims of the pools on the days asked for, each pool in its own zone and on its own grid. */
function claimedBy(pools: readonly Pool[], { firstDay, lastDay }: HoursQuestion): SQL | undefined {
  const alike = Map.groupBy(pools, ({ gridMinutes, timeZone }) => `${gridMinutes} ${timeZone}`);
  return or(
    ...[...alike.values()].map((some) => {
      const { gridMinutes, timeZone } = some[0] as Pool;
      return and(
        inArray(
          claim.poolId,
          some.map(({ id }) => id),
        ),
        gte(claim.cell, cellFrom(gridMinutes, dayStart(timeZone, firstDay))),
        lt(claim.cell, cellFrom(gridMinutes, dayEnd(timeZone, lastDay))),
      );
    }),
  );
}

/**
 * The orders that hold time of the figure, by their start. Neither who bought nor what was paid is in it: that is between buyer and centre.
 * @param page from 1 @throws Problem not_found
 */
export const listParkOrders = (
  { db }: Pick<Deps, 'db'>,
  actor: Actor,
  question: HoursQuestion,
  { page, perPage }: { page: number; perPage: number },
) =>
  db.read(async (q) => {
    const { pools, subject } = await poolsUnder(q, actor, question.of);
    if (pools.length === 0) return { subject, orders: [], count: 0 };
    const held = claimedBy(pools, question);
    const starts = pools.map(({ timeZone }) => dayStart(timeZone, question.firstDay));
    const ends = pools.map(({ timeZone }) => dayEnd(timeZone, question.lastDay));
    const under = and(
      inArray(orders.centreId, [...new Set(pools.map(({ centreId }) => centreId))]),
      lte(orders.startAt, Math.max(...ends)),
      gt(orders.endAt, Math.min(...starts)),
      exists(
        q
          .select({ one: sql`1` })
          .from(claim)
          .where(and(eq(claim.holderId, orders.id), held)),
      ),
    );
    const shown = await q
      .select({
        id: orders.id,
        number: orders.number,
        centreId: orders.centreId,
        snapshot: orders.snapshot,
        deliveryMode: orders.deliveryMode,
        progress: orders.progress,
        startAt: orders.startAt,
        endAt: orders.endAt,
        timeZone: orders.timeZone,
      })
      .from(orders)
      .where(under)
      .orderBy(asc(orders.startAt), asc(orders.id))
      .limit(perPage)
      .offset((page - 1) * perPage);
    const [counted] = await q.select({ count: countAll() }).from(orders).where(under);
    const minutes = await minutesOf(q, pools, shown, held);
    const centres = new Map(pools.map(({ centreId, centreZh, centreEn }) => [centreId, { nameZh: centreZh, nameEn: centreEn }]));
    return {
      subject,
      orders: shown.map(({ snapshot, centreId, ...order }) => ({
        ...order,
        family: snapshot.family,
        serviceZh: snapshot.nameZh,
        serviceEn: snapshot.nameEn,
        centre: centres.get(centreId) ?? { nameZh: '', nameEn: '' },
        ...(minutes.get(order.id) ?? { booked: 0, used: 0 }),
      })),
      count: counted?.count ?? 0,
    };
  }, 'reports');

export type ParkOrder = Awaited<ReturnType<typeof listParkOrders>>['orders'][number];

/** What each of the orders holds of the figure. */
async function minutesOf(q: Queries, pools: readonly Pool[], of: readonly { id: string }[], held: SQL | undefined) {
  const found = new Map<string, { booked: number; used: number }>();
  if (of.length === 0) return found;
  const ids = of.map(({ id }) => id);
  const rows = await q
    .select({ orderId: claim.holderId, poolId: claim.poolId, used: claim.used, cells: countAll() })
    .from(claim)
    .where(and(inArray(claim.holderId, ids), held))
    .groupBy(claim.holderId, claim.poolId, claim.used);
  const grids = new Map(pools.map(({ id, gridMinutes }) => [id, gridMinutes]));
  for (const { orderId, poolId, used, cells } of rows) {
    const sofar = found.get(orderId) ?? { booked: 0, used: 0 };
    const minutes = cells * (grids.get(poolId) ?? 0);
    found.set(orderId, { booked: sofar.booked + minutes, used: sofar.used + (used ? minutes : 0) });
  }
  return found;
}
