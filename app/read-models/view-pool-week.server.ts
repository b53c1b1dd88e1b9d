import { and, asc, eq, gt, inArray, lt, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { lastingFacts } from '#app/core/lasting-facts.server.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { claimedCells, ofPoolWithin } from '#app/modules/scheduling/claimed-cells.server.ts';
import { cellStart, cellsTouched } from '#app/modules/scheduling/grid.ts';
import { calendarOf, type PoolAvailability, withClosures } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { dayEnd, dayOf, dayStart, isoDay, MINUTE_MS, mondayOf } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { type Interval, type OpenDay, openDay } from '#app/modules/scheduling/working-calendar.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { orders, type Progress, slotOffer } from '#db/schema/orders.ts';
import { claim, closure, type PoolKind, pool, resource } from '#db/schema/scheduling.ts';
import { type DateOf, datesOf } from './dates-of-pool.server.ts';

/** What of a booking, of a slot kept for an offer, or of a date of a course lies on one resource. `pieces` are its unbroken stretches within the days shown, UTC ms. */
export type BookedPiece = {
  /** Of the order, the offer or the date. */
  id: string;
  /** Empty for what is kept for an offer, and for a date. */
  orderNumber: string;
  /** Of the order; 0 of an offer. */
  version: number;
  /** Of the whole booking, UTC ms; 0 of an offer. */
  startAt: number;
  /** `course`: who teaches on a date, for all that come. */
  progress: Progress | 'kept' | 'course';
  /** Of the order, UTC ms: work has begun on one of its pieces. Null of an offer. */
  workBegunAt: number | null;
  serviceZh: string;
  serviceEn: string;
  buyerZh: string;
  buyerEn: string;
  quantity: number;
  /** When the technician is at the buyer's, UTC ms; null where nobody travels. */
  arrivesAt: number | null;
  /** End of the work, UTC ms: what is claimed behind it is only kept free. */
  workUntil: number;
  pieces: Interval[];
};
type Named = { id: string; nameZh: string; nameEn: string };
export type PoolWeekResource = { id: string; nameZh: string; nameEn: string; bookings: BookedPiece[] };
export type PoolWeek = {
  centreId: string;
  zone: string;
  /** ISO dates shown. */
  days: string[];
  /** Every pool of the centre with its active resources, also when only one is shown. */
  all: (Named & { resources: Named[] })[];
  pools: {
    id: string;
    kind: PoolKind;
    nameZh: string;
    nameEn: string;
    gridMinutes: number;
    /** One per day shown. */
    hours: OpenDay[];
    resources: PoolWeekResource[];
  }[];
  /** Closures that touch the days shown; `poolId` empty: the whole centre; `resourceId`: it alone; `calendarId`: a busy time read there. */
  closures: {
    id: string;
    poolId: string | null;
    resourceId: string | null;
    calendarId: string | null;
    fromAt: number;
    untilAt: number;
    reasonZh: string;
    reasonEn: string;
  }[];
};

const MOST_DAYS = 14;

/**
 * The pools of the actor's own centre over some days: open hours, who has which resource when, closures.
 * @param firstDay ISO date; left out: the Monday of this week; today, when one day is asked for
 * @param poolId only this one
 * @throws Problem not_found for anybody but the centre's members, and for a pool that is not theirs
 */
export async function viewPoolWeek(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { firstDay, days = 7, poolId }: { firstDay?: string; days?: number; poolId?: string } = {},
): Promise<PoolWeek> {
  requireRight(actor, 'centre.view');
  return db.read(async (q) => {
    const own = await ownPools(q, actor.organisationId);
    const shown = poolId === undefined ? own : own.filter((row) => row.id === poolId);
    const [first] = shown;
    if (!first) throw new Problem('not_found');
    const { zone, centreId } = first;
    const start = shownDay(firstDay) ?? (days === 1 ? dayOf(zone, clock()) : mondayOf(dayOf(zone, clock())));
    const numbers = Array.from({ length: Math.max(1, Math.min(MOST_DAYS, days)) }, (_, i) => start + i);
    const span = { from: dayStart(zone, start), until: dayEnd(zone, start + numbers.length - 1) };
    const availabilities = await withClosures(
      q,
      shown.map((row) => ({ ...row, calendar: calendarOf(zone, row.weeklyHours, row.observesHolidays), resources: [] })),
      span,
    );
    const pools: PoolWeek['pools'] = [];
    for (const [i, { id, kind, nameZh, nameEn, gridMinutes }] of shown.entries()) {
      const { calendar } = availabilities[i] as PoolAvailability;
      const hours = numbers.map((day) => openDay(calendar, day));
      pools.push({ id, kind, nameZh, nameEn, gridMinutes, hours, resources: await bookedResources(q, { id, gridMinutes }, span) });
    }
    const resources = await activeResources(q, centreId);
    const all = own.map(({ id, nameZh, nameEn }) => ({
      id,
      nameZh,
      nameEn,
      resources: resources.filter(({ poolId }) => poolId === id),
    }));
    return { centreId, zone, days: numbers.map(isoDay), all, pools, closures: await closuresWithin(q, centreId, span) };
  });
}

function ownPools(q: Queries, organisationId: string) {
  return prepare(q, 'pools_of_organisation', (p) =>
    p
      .select({
        id: pool.id,
        kind: pool.kind,
        nameZh: pool.nameZh,
        nameEn: pool.nameEn,
        gridMinutes: pool.gridMinutes,
        weeklyHours: pool.weeklyHours,
        observesHolidays: pool.observesHolidays,
        centreId: pool.centreId,
        zone: centre.timeZone,
      })
      .from(pool)
      .innerJoin(centre, eq(centre.id, pool.centreId))
      .where(eq(centre.organisationId, sql.placeholder('organisationId')))
      .orderBy(asc(pool.position), asc(pool.id)),
  ).execute({ organisationId });
}

const activeResources = (q: Queries, centreId: string) =>
  prepare(q, 'active_resources_of_centre', (p) =>
    p
      .select({ id: resource.id, nameZh: resource.nameZh, nameEn: resource.nameEn, poolId: resource.poolId })
      .from(resource)
      .innerJoin(pool, eq(pool.id, resource.poolId))
      .where(and(eq(pool.centreId, sql.placeholder('centreId')), eq(resource.active, true)))
      .orderBy(asc(resource.position), asc(resource.id)),
  ).execute({ centreId });

/** What was sold never changes; of it the calendar shows the name and the way. */
const soldOf = lastingFacts(async (q, ids) => {
  const rows = await q
    .select({ id: orders.id, snapshot: orders.snapshot })
    .from(orders)
    .where(inArray(orders.id, [...ids]));
  return rows.map(({ id, snapshot: { nameZh, nameEn, travelMinutes } }) => ({ id, snapshot: { nameZh, nameEn, travelMinutes } }));
});

async function bookedResources(
  q: Queries,
  { id: poolId, gridMinutes }: Pick<PoolAvailability, 'id' | 'gridMinutes'>,
  span: Interval,
): Promise<PoolWeekResource[]> {
  const cells = cellsTouched(gridMinutes, span);
  const resources = await prepare(q, 'resources_of_pool', (p) =>
    p
      .select({ id: resource.id, nameZh: resource.nameZh, nameEn: resource.nameEn, active: resource.active })
      .from(resource)
      .where(eq(resource.poolId, sql.placeholder('poolId')))
      .orderBy(asc(resource.position), asc(resource.id)),
  ).execute({ poolId });
  const rows = await prepare(q, 'bookings_of_pool', (p) => {
    // One row per booking and resource, not per cell: added up before anything is joined.
    const part = p
      .select({
        resourceId: claim.resourceId,
        holderId: claim.holderId,
        kind: sql<string>`min(${claim.holderKind})`.as('part_kind'),
        first: sql<number>`min(${claim.cell})`.mapWith(Number).as('first_cell'),
        last: sql<number>`max(${claim.cell})`.mapWith(Number).as('last_cell'),
        cells: sql<number>`count(*)`.mapWith(Number).as('cells'),
      })
      .from(claim)
      .where(ofPoolWithin(p))
      .groupBy(claim.resourceId, claim.holderId)
      .as('part');
    return p
      .select({
        resourceId: part.resourceId,
        holderId: part.holderId,
        kind: part.kind,
        first: part.first,
        last: part.last,
        cells: part.cells,
        orderNumber: orders.number,
        version: orders.version,
        progress: orders.progress,
        workBegunAt: orders.workBegunAt,
        startAt: orders.startAt,
        endAt: sql<number>`coalesce(${orders.endAt}, ${slotOffer.endAt})`.mapWith(Number),
        quantity: sql<number>`coalesce(${orders.quantity}, ${slotOffer.quantity})`.mapWith(Number),
        serviceZh: service.nameZh,
        serviceEn: service.nameEn,
        buyerZh: organisation.nameZh,
        buyerEn: organisation.nameEn,
      })
      .from(part)
      .leftJoin(orders, and(eq(orders.id, part.holderId), eq(part.kind, 'order')))
      .leftJoin(slotOffer, and(eq(slotOffer.id, part.holderId), eq(part.kind, 'offer')))
      .leftJoin(service, eq(service.id, slotOffer.serviceId))
      .leftJoin(organisation, eq(organisation.id, sql`coalesce(${orders.buyerId}, ${slotOffer.buyerId})`));
  }).execute({ poolId, ...cells });
  const dates = rows.some(({ kind }) => kind === 'session') ? await datesOf(q, poolId) : new Map<string, DateOf>();
  const sold = await soldOf(
    q,
    rows.flatMap(({ holderId, orderNumber }) => (orderNumber === null ? [] : [holderId])),
  );
  const broken = rows.filter((row) => row.cells !== row.last - row.first + 1);
  const exact = broken.length > 0 ? await claimedCells(q, { id: poolId, gridMinutes }, span) : [];
  const at = (cell: number) => cellStart(gridMinutes, cell);
  return resources
    .map(({ active, ...own }) => {
      const bookings = rows
        .filter((row) => row.resourceId === own.id)
        .sort((a, b) => a.first - b.first)
        .map((row): BookedPiece => {
          const { holderId: id, version, buyerZh, buyerEn, startAt } = row;
          const date = dates.get(id);
          const { quantity } = date ?? row;
          const workUntil = date?.endAt ?? row.endAt ?? at(row.last + 1);
          const snapshot = sold(id)?.snapshot;
          const arrivesAt = snapshot?.travelMinutes && startAt ? startAt + snapshot.travelMinutes * MINUTE_MS : null;
          const serviceZh = (snapshot ?? date)?.nameZh ?? row.serviceZh ?? '';
          const serviceEn = (snapshot ?? date)?.nameEn ?? row.serviceEn ?? '';
          const runs = broken.includes(row)
            ? runsOf(exact.filter((cell) => cell.holderId === row.holderId && cell.resourceId === own.id).map((cell) => cell.cell))
            : [{ from: row.first, until: row.last + 1 }];
          const pieces = runs.map((run) => ({ from: at(run.from), until: at(run.until) }));
          const of = { orderNumber: row.orderNumber ?? '', version: version ?? 0, startAt: startAt ?? 0 };
          const other = row.kind === 'session' ? ('course' as const) : ('kept' as const);
          const booked = { ...of, progress: row.progress ?? other, workBegunAt: row.workBegunAt, arrivesAt, workUntil };
          return { id, ...booked, quantity, serviceZh, serviceEn, buyerZh: buyerZh ?? '', buyerEn: buyerEn ?? '', pieces };
        });
      return { active, view: { ...own, bookings } };
    })
    .filter(({ active, view }) => active || view.bookings.length > 0)
    .map(({ view }) => view);
}

/** Ascending cells as unbroken runs [from, until). */
function runsOf(cells: readonly number[]): { from: number; until: number }[] {
  const runs: { from: number; until: number }[] = [];
  for (const cell of cells) {
    const last = runs.at(-1);
    if (last && last.until === cell) last.until = cell + 1;
    else runs.push({ from: cell, until: cell + 1 });
  }
  return runs;
}

function closuresWithin(q: Queries, centreId: string, { from, until }: Interval) {
  return prepare(q, 'closures_within', (p) =>
    p
      .select({
        id: closure.id,
        poolId: closure.poolId,
        resourceId: closure.resourceId,
        calendarId: closure.calendarId,
        fromAt: closure.fromAt,
        untilAt: closure.untilAt,
        reasonZh: closure.reasonZh,
        reasonEn: closure.reasonEn,
      })
      .from(closure)
      .where(
        and(
          eq(closure.centreId, sql.placeholder('centreId')),
          gt(closure.untilAt, sql.placeholder('from')),
          lt(closure.fromAt, sql.placeholder('until')),
        ),
      )
      .orderBy(asc(closure.fromAt)),
  ).execute({ centreId, from, until });
}
