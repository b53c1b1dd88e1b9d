import {
  andInto,
  type Bitmap,
  bitmap,
  coarsen,
  countRange,
  everyNth,
  gather,
  hasBit,
  orInto,
  positions,
  runStarts,
} from '#app/core/bitmap.ts';
import { freeRow, openRow, type ResourceFacts } from './cell-rows.ts';
import { distinctWorkers, shareWorkers } from './distinct-workers.ts';
import { cellsFor } from './duration.ts';
import { isGrid } from './grid.ts';
import { DAY_MS, dayEnd, dayOf, dayStart, MINUTE_MS, mondayOf } from './local-day.ts';
import { type HolidayBook, PUBLIC_HOLIDAYS } from './public-holidays.ts';
import { type Interval, openIntervals, type PoolCalendar, regularIntervals } from './working-calendar.ts';

/**
 * Every start at which all the pools a service needs have a free resource for the whole job.
 *
 * Time is a row of bits per resource: open and not claimed. A run of the job's length is found by ANDing the row with shifted copies of
 * itself (bitmap.ts), a pool's rows are ORed, the pools' rows ANDed: the cost grows with the window, never with starts × bookings.
 *
 * A job lies in one unbroken stretch, or runs on over breaks and nights, as duration.ts says. Running on is the same search on a shorter
 * row, from which the cells not open in all pools are left out.
 *
 * Pools with different grids: a start begins a cell in every pool's grid. A job in one stretch takes in each pool the cells it needs there;
 * a job that runs on is laid out in cells of the pools' common multiple and takes them whole.
 *
 * Where somebody stands in two of the pools, a start needs different people for them (distinct-workers.ts).
 */

export interface PoolShape {
  readonly id: string;
  readonly gridMinutes: number;
  readonly calendar: PoolCalendar;
}

export interface PoolFacts extends PoolShape {
  readonly resources: readonly ResourceFacts[];
}

export interface SlotQuery<Pool extends PoolShape = PoolFacts> {
  /** At least one; no resource stands in two of them. */
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
  /** Whether the job runs on over breaks and nights. */
  readonly runsOn: boolean;
  /** Starts of the window, ascending, UTC ms. */
  readonly starts: readonly number[];
  readonly origin: number;
  readonly workGrid: number;
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

/**
 * When a job begun at one of the plan's starts ends: the end of the last cell it takes in any pool, UTC ms.
 * @param minutes of it that count: without what is only kept free behind the work
 */
export function endOfJob({ query, origin, workGrid, places, pools }: SlotPlan, start: number, minutes = query.minutes): number {
  const lengths = pools.map(({ facts }) => cellsFor(minutes, places ? workGrid : facts.gridMinutes));
  if (!places) return Math.max(...pools.map(({ facts }, i) => start + lengths[i]! * facts.gridMinutes * MINUTE_MS));
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
  const workGrid = commonGrid(query.pools);
  return reach(query, workGrid, runsOnOverBreaks(query.pools, query.minutes));
}

/** By weekly hours, which pools share and keep: every booking asks the same again. */
const known = new WeakMap<PoolShape['calendar']['weekly'], Map<string, boolean>>();
const MOST_KNOWN = 500;

/** Whether the job is too long for any unbroken stretch of the regular week in which all pools are open (duration.ts). */
export function runsOnOverBreaks(pools: readonly PoolShape[], minutes: number): boolean {
  const weekly = pools[0]?.calendar.weekly;
  if (!weekly || pools.some(({ calendar }) => calendar.weekly !== weekly)) return breaksIn(pools, minutes);
  const answers = known.get(weekly) ?? new Map<string, boolean>();
  known.set(weekly, answers);
  const key = `${minutes} ${pools.map(({ gridMinutes }) => gridMinutes)}`;
  const answer = answers.get(key) ?? breaksIn(pools, minutes);
  if (answers.size < MOST_KNOWN) answers.set(key, answer);
  return answer;
}

function breaksIn(pools: readonly PoolShape[], minutes: number): boolean {
  if (minutes > 7 * 24 * 60) return true;
  const workGrid = commonGrid(pools);
  // One week of starts and one more for jobs that begin in it and run into the next.
  const origin = mondayOf(0) * DAY_MS - DAY_MS;
  const cells = (16 * DAY_MS) / MINUTE_MS;
  const rows = pools.map((pool) => {
    const row = openRow(regularIntervals(pool.calendar, mondayOf(0), 14), pool.gridMinutes, origin, cells / pool.gridMinutes);
    return everyNth(runStarts(row, cellsFor(minutes, pool.gridMinutes)), cells / pool.gridMinutes, workGrid / pool.gridMinutes);
  });
  return !allOf(rows).some((word) => word !== 0);
}

/** The instant behind the last local day a job begun at `startAt` (UTC ms) can touch. */
export function behindJob(pools: readonly PoolShape[], minutes: number, startAt: number): number {
  return startAt + (runsOnOverBreaks(pools, minutes) ? MAX_REACH_MS : 7 * DAY_MS) + 2 * DAY_MS;
}

/** Searches the window once; starts and choices are read from the result. */
export function planSlots(query: SlotQuery): SlotPlan {
  refuseBadQuery(query);
  const { pools, minutes, from, until } = query;
  const workGrid = commonGrid(pools);
  const runsOn = runsOnOverBreaks(pools, minutes);
  const span = reach(query, workGrid, runsOn);
  const workCells = (span.until - span.from) / (workGrid * MINUTE_MS);
  const opens = openRows(query, span);

  let places: Int32Array | null = null;
  if (runsOn)
    places = positions(allOf(pools.map((p, i) => coarsen(opens[i]!, (workCells * workGrid) / p.gridMinutes, workGrid / p.gridMinutes))));

  const plans = pools.map((facts, i): PoolPlan => {
    const ratio = workGrid / facts.gridMinutes;
    const cells = workCells * ratio;
    const own = facts.resources.map((resource) => freeRow(opens[i]!, resource, facts.gridMinutes, span.from, cells));
    const free = places ? own.map((row) => gather(coarsen(row, cells, ratio), places)) : own;
    const length = cellsFor(minutes, places ? workGrid : facts.gridMinutes);
    return { facts, ratio: places ? 1 : ratio, length, free, runs: free.map((row) => runStarts(row, length)) };
  });

  const rowCells = places ? places.length : workCells;
  const joint = allOf(plans.map((plan) => everyNth(anyOf(plan.runs, rowCells * plan.ratio), rowCells * plan.ratio, plan.ratio)));
  const travelCells = cellsFor(query.travelMinutes ?? 0, workGrid);
  const starts: number[] = [];
  const shared = shareWorkers(pools);
  for (const position of positions(joint)) {
    if (places && travelCells > 0 && places[position + travelCells - 1] !== places[position]! + travelCells - 1) continue;
    if (shared && !distinctWorkers(plans.map((plan) => ableAt(plan, position)))) continue;
    const start = span.from + (places ? places[position]! : position) * workGrid * MINUTE_MS;
    if (start >= from && start < until) starts.push(start);
  }
  return { query, runsOn, starts, origin: span.from, workGrid, places, pools: plans };
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

function allOf(rows: readonly Bitmap[]): Bitmap {
  const all = rows[0]!.slice();
  for (let i = 1; i < rows.length; i++) andInto(all, rows[i]!);
  return all;
}

/** Least common multiple of the pools' grids. */
function commonGrid(pools: readonly PoolShape[]): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  return pools.reduce((grid, pool) => (grid * pool.gridMinutes) / gcd(grid, pool.gridMinutes), 1);
}

function refuseBadQuery({ pools, minutes, from, until }: SlotQuery): void {
  if (pools.length === 0) throw new RangeError('a slot search needs at least one pool');
  if (!pools.every((pool) => isGrid(pool.gridMinutes))) throw new RangeError('a grid must divide a day');
  if (!Number.isInteger(minutes) || minutes < 1) throw new RangeError('a job takes at least one whole minute');
  if (!(until - from <= MAX_WINDOW_DAYS * DAY_MS)) throw new RangeError(`a slot search covers at most ${MAX_WINDOW_DAYS} days`);
  const ids = pools.flatMap((pool) => pool.resources.map((resource) => resource.id));
  if (new Set(ids).size < ids.length) throw new RangeError('a resource stands in two pools');
}
