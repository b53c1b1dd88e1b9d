import { type Bitmap, bitmap, coarsen, countRange, everyNth, gather, hasBit, orInto, positions, runStarts } from '#app/core/bitmap.ts';
import { allOf, freeRow, openRow, type PoolShape, type ResourceFacts } from './cell-rows.ts';
import { distinctWorkers, shareWorkers } from './distinct-workers.ts';
import { cellsFor } from './duration.ts';
import { isGrid } from './grid.ts';
import { type Breaks, breaksFor, commonGrid, endsOfDays } from './job-breaks.ts';
import { DAY_MS, dayEnd, dayOf, dayStart, MINUTE_MS } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS } from './public-holidays.ts';
import { type Interval, openIntervals } from './working-calendar.ts';

/**
 * Every start at which all the pools a service needs have a free resource for the whole job.
 *
 * Time is a row of bits per resource: open and not claimed. A run of the job's length is found by ANDing the row with shifted copies of
 * itself (bitmap.ts), a pool's rows are ORed, the pools' rows ANDed: the cost grows with the window, never with starts × bookings.
 *
 * A job lies in one unbroken stretch, or runs on over breaks and nights, as duration.ts says: each way is a layout. Running on is the same
 * search on a shorter row, from which the cells not open in all pools are left out.
 *
 * Pools with different grids: a start begins a cell in every pool's grid. A job in one stretch takes in each pool the cells it needs there;
 * a job that runs on is laid out in cells of the pools' common multiple and takes them whole.
 *
 * Where somebody stands in two of the pools, a start needs different people for them (distinct-workers.ts).
 */

export interface PoolFacts extends PoolShape {
  readonly resources: readonly ResourceFacts[];
}

export interface SlotQuery<Pool extends PoolShape = PoolFacts> {
  /** At least one; no resource stands in two of them. One that is needed several times at once (seats) stands here as often, the same object. */
  readonly pools: readonly Pool[];
  /** Working time of the job (duration.ts). */
  readonly minutes: number;
  /** Of them, at the beginning: the way to the buyer's, which no break and no night may cut. Arrival is then start + way. */
  readonly travelMinutes?: number | undefined;
  /** Starts in [from, until), UTC ms. */
  readonly from: number;
  readonly until: number;
  readonly holidays?: HolidayBook;
}

/** The rows of a search, kept so that resources can be chosen without searching again. */
export interface SlotPlan {
  readonly query: SlotQuery;
  /** Starts of the window, ascending, UTC ms. */
  readonly starts: readonly number[];
  readonly origin: number;
  readonly workGrid: number;
  /** The ways the job may lie, the better first: in one stretch, running on. */
  readonly layouts: readonly Layout[];
}

export interface Layout {
  readonly starts: ReadonlySet<number>;
  /** The working cells (from the origin) in order when the job runs on, else null: all cells. */
  readonly places: Int32Array | null;
  readonly pools: readonly PoolPlan[];
}

interface PoolPlan {
  readonly facts: PoolFacts;
  /** Steps of the pool's row per cell of the work grid. */
  readonly ratio: number;
  /** Length of the job in steps of the row. */
  readonly length: number;
  /** Per resource: its free row, and the starts of runs in it. */
  readonly free: readonly Bitmap[];
  readonly runs: readonly Bitmap[];
}

/** Longest window one search covers. */
export const MAX_WINDOW_DAYS = 400;
/** How far behind its window a job that runs on is followed: a pool closed for longer than this sells none over the gap. */
const MAX_REACH_MS = 180 * DAY_MS;

export function findStarts(query: SlotQuery): readonly number[] {
  return planSlots(query).starts;
}

/** The layout in which the job has a start of the plan. */
export const layoutAt = ({ layouts }: SlotPlan, start: number): Layout | undefined => layouts.find(({ starts }) => starts.has(start));

/**
 * When a job begun at one of the plan's starts ends: the end of the last cell it takes in any pool, UTC ms.
 * @param minutes of it that count: without what is only kept free behind the work
 */
export function endOfJob(plan: SlotPlan, start: number, minutes = plan.query.minutes): number {
  const { query, origin, workGrid } = plan;
  const places = layoutAt(plan, start)?.places;
  const lengths = query.pools.map(({ gridMinutes }) => cellsFor(minutes, places ? workGrid : gridMinutes));
  if (!places) return Math.max(...query.pools.map(({ gridMinutes }, i) => start + lengths[i]! * gridMinutes * MINUTE_MS));
  const position = places.indexOf((start - origin) / (workGrid * MINUTE_MS));
  const last = places[position + Math.max(...lengths) - 1];
  return origin + ((last ?? 0) + 1) * workGrid * MINUTE_MS;
}

/** The first start, or null. Looks at the first day, then at ever longer stretches, and stops at the first hit. */
export function earliestStart(query: SlotQuery): number | null {
  const zone = query.pools[0]?.calendar.zone;
  if (zone === undefined) throw new RangeError('a slot search needs at least one pool');
  let from = query.from;
  for (let days = 1; from < query.until; days *= 2) {
    const until = Math.min(query.until, dayStart(zone, dayOf(zone, from) + days));
    const first = planSlots({ ...query, from, until }).starts[0];
    if (first !== undefined) return first;
    from = until;
  }
  return null;
}

/**
 * The instants [from, until) whose claims a search has to know: from the first local day of its window to where the last job may end.
 * Claims behind it need not be read.
 */
export function searchReach(query: SlotQuery<PoolShape>): Interval {
  return reach(query, commonGrid(query.pools), breaksFor(query.pools, query.minutes).cut !== 'none');
}

/** The instant behind the last local day a job begun at `startAt` (UTC ms) can touch. */
export function behindJob(pools: readonly PoolShape[], minutes: number, startAt: number): number {
  return startAt + (breaksFor(pools, minutes).cut === 'none' ? 7 * DAY_MS : MAX_REACH_MS) + 2 * DAY_MS;
}

/** Searches the window once; starts and choices are read from the result. */
export function planSlots(query: SlotQuery): SlotPlan {
  refuseBadQuery(query);
  const { pools, minutes } = query;
  const workGrid = commonGrid(pools);
  const breaks = breaksFor(pools, minutes);
  const { cut } = breaks;
  const span = reach(query, workGrid, cut !== 'none');
  const workCells = (span.until - span.from) / (workGrid * MINUTE_MS);
  const opens = openRows(query, span);
  const free = eachOnce(pools, (facts, i) =>
    facts.resources.map((resource) =>
      freeRow(opens[i]!, resource, facts.gridMinutes, span.from, (workCells * workGrid) / facts.gridMinutes),
    ),
  );
  const rows = { query, span, workGrid, workCells, opens, free };
  const layouts = [...(cut === 'all' ? [] : [inOneStretch(rows)]), ...(cut === 'none' ? [] : [runningOn(rows, breaks)])];
  const starts =
    layouts.length === 1 ? [...layouts[0]!.starts] : [...new Set(layouts.flatMap((layout) => [...layout.starts]))].sort((a, b) => a - b);
  return { query, starts, origin: span.from, workGrid, layouts };
}

type Rows = {
  query: SlotQuery;
  span: Interval;
  workGrid: number;
  workCells: number;
  /** Per pool, and per pool and resource. */
  opens: readonly Bitmap[];
  free: readonly (readonly Bitmap[])[];
};

/** What is made of each pool; of one that stands there several times once. */
function eachOnce<T>(pools: readonly PoolFacts[], make: (facts: PoolFacts, i: number) => T): T[] {
  const made = new Map<PoolFacts, T>();
  return pools.map((facts, i) => {
    const one = made.get(facts) ?? make(facts, i);
    made.set(facts, one);
    return one;
  });
}

function inOneStretch({ query, span, workGrid, workCells, free }: Rows): Layout {
  const pools = eachOnce(query.pools, (facts, i): PoolPlan => {
    const length = cellsFor(query.minutes, facts.gridMinutes);
    return { facts, ratio: workGrid / facts.gridMinutes, length, free: free[i]!, runs: free[i]!.map((row) => runStarts(row, length)) };
  });
  return layout(query, pools, workCells, (position) => span.from + position * workGrid * MINUTE_MS, null);
}

/** @param firstPart cells of the work grid that come before the first break */
function runningOn({ query, span, workGrid, workCells, opens, free }: Rows, { firstPart, longestDay }: Breaks): Layout {
  const coarse = (row: Bitmap, { gridMinutes }: PoolFacts) => coarsen(row, (workCells * workGrid) / gridMinutes, workGrid / gridMinutes);
  const places = positions(allOf(query.pools.map((facts, i) => coarse(opens[i]!, facts))));
  const length = cellsFor(query.minutes, workGrid);
  const pools = eachOnce(query.pools, (facts, i): PoolPlan => {
    const own = free[i]!.map((row) => gather(coarse(row, facts), places));
    return { facts, ratio: 1, length, free: own, runs: own.map((row) => runStarts(row, length)) };
  });
  const unbroken = Math.max(1, firstPart, cellsFor(query.travelMinutes ?? 0, workGrid));
  // Who goes to a buyer's is done by the evening, or begins with the longest day there is.
  const visit = query.travelMinutes ? Math.min(length, longestDay) : 0;
  const ends = visit > 0 ? endsOfDays(places, workGrid) : null;
  const startOf = (position: number) =>
    places[position + unbroken - 1] === places[position]! + unbroken - 1 && (ends === null || ends[position]! - position + 1 >= visit)
      ? span.from + places[position]! * workGrid * MINUTE_MS
      : null;
  return layout(query, pools, places.length, startOf, places);
}

/** @param startOf the instant of a position of the rows; null where no job may begin */
function layout(
  query: SlotQuery,
  pools: readonly PoolPlan[],
  cells: number,
  startOf: (position: number) => number | null,
  places: Int32Array | null,
): Layout {
  const joint = allOf(pools.map((plan) => everyNth(anyOf(plan.runs, cells * plan.ratio), cells * plan.ratio, plan.ratio)));
  const starts = new Set<number>();
  const shared = shareWorkers(query.pools);
  for (const position of positions(joint)) {
    const start = startOf(position);
    if (start === null || start < query.from || start >= query.until) continue;
    if (shared && !distinctWorkers(pools.map((plan) => ableAt(plan, position)))) continue;
    starts.add(start);
  }
  return { starts, places, pools };
}

/** The resources of a pool that can have the whole job at a position of the work grid. */
const ableAt = ({ facts, ratio, runs }: PoolPlan, position: number) => facts.resources.filter((_, i) => hasBit(runs[i]!, position * ratio));

/** Whole local days around the window and what its last job needs behind it, so that stretches are seen whole; on the work grid. */
function reach(query: SlotQuery<PoolShape>, workGrid: number, runsOn: boolean): Interval {
  const step = workGrid * MINUTE_MS;
  const { zone } = query.pools[0]!.calendar;
  const lastStart = Math.ceil(Math.max(query.from, query.until) / step) * step;
  const from = Math.floor(dayStart(zone, dayOf(zone, query.from)) / step) * step;
  const wholeDay = Math.ceil(dayEnd(zone, dayOf(zone, lastStart)) / step) * step;
  if (!runsOn) return { from, until: Math.max(wholeDay, lastStart + cellsFor(query.minutes, workGrid) * step) };
  const needed = cellsFor(query.minutes, workGrid);
  for (let ahead = needed; ; ahead *= 2) {
    const beyond = Math.min(ahead * step, Math.floor(MAX_REACH_MS / step) * step);
    const span = { from: lastStart, until: lastStart + beyond };
    const opens = openRows(query, span);
    const open = allOf(query.pools.map((p, i) => coarsen(opens[i]!, beyond / (p.gridMinutes * MINUTE_MS), workGrid / p.gridMinutes)));
    if (ahead * step >= MAX_REACH_MS || countRange(open, 0, beyond / step) >= needed)
      return { from, until: Math.max(wholeDay, span.until) };
  }
}

/** Per pool the open cells of the span; pools that share calendar and grid share the row. */
function openRows(query: SlotQuery<PoolShape>, span: Interval): Bitmap[] {
  const rows: Bitmap[] = [];
  for (const [i, { calendar, gridMinutes }] of query.pools.entries()) {
    const twin = query.pools.findIndex((p) => p.calendar === calendar && p.gridMinutes === gridMinutes);
    if (twin < i) {
      rows.push(rows[twin]!);
      continue;
    }
    const open = openIntervals(
      calendar,
      dayOf(calendar.zone, span.from),
      dayOf(calendar.zone, span.until) + 1,
      query.holidays ?? PUBLIC_HOLIDAYS,
    );
    rows.push(openRow(open, gridMinutes, span.from, (span.until - span.from) / (gridMinutes * MINUTE_MS)));
  }
  return rows;
}

function anyOf(rows: readonly Bitmap[], length: number): Bitmap {
  const any = bitmap(length);
  for (const row of rows) orInto(any, row);
  return any;
}

function refuseBadQuery({ pools, minutes, from, until }: SlotQuery): void {
  if (pools.length === 0) throw new RangeError('a slot search needs at least one pool');
  if (!pools.every((pool) => isGrid(pool.gridMinutes))) throw new RangeError('a grid must divide a day');
  if (!Number.isInteger(minutes) || minutes < 1) throw new RangeError('a job takes at least one whole minute');
  if (!(until - from <= MAX_WINDOW_DAYS * DAY_MS)) throw new RangeError(`a slot search covers at most ${MAX_WINDOW_DAYS} days`);
  const ids = [...new Set(pools)].flatMap((pool) => pool.resources.map((resource) => resource.id));
  if (new Set(ids).size < ids.length) throw new RangeError('a resource stands in two pools');
}
