/** Which jobs breaks may cut, by the regular week of their pools (duration.ts). */
import { type Bitmap, coarsen, everyNth, positions, runStarts } from '#app/core/bitmap.ts';
import { allOf, openRow, type PoolShape } from './cell-rows.ts';
import { cellsFor } from './duration.ts';
import { DAY_MS, MINUTE_MS, mondayOf } from './local-day.ts';
import { regularIntervals } from './working-calendar.ts';

/** What a job that runs on must have before its first break (less, where the regular week has no stretch as long): for less nobody sets up. */
const FIRST_PART_MINUTES = 90;
/** Closed for longer than this is a night, not a break: who is at a buyer's waits for the end of a break and goes home for a night. */
const LONGEST_BREAK_MINUTES = 4 * 60;
/** Answers by weekly hours, an object that pools share and keep: every booking asks the same question again. */
const known = new WeakMap<PoolShape['calendar']['weekly'], Map<string, Breaks>>();
const MOST_KNOWN = 500;

/** Whether no unbroken stretch of the regular week in which all pools are open holds the job: wherever it begins, it runs on. */
export const runsOnOverBreaks = (pools: readonly PoolShape[], minutes: number): boolean => breaksFor(pools, minutes).cut === 'all';

export interface Breaks {
  /** Whether breaks may cut the job. `none`: never. `some`: where the stretch it begins in is too short. `all`: wherever it begins, for no stretch holds it. */
  readonly cut: 'none' | 'some' | 'all';
  /** So many cells of the work grid must come before the first break. */
  readonly firstPart: number;
  /** The open cells of the longest day of the regular week, from night to night: a visit needs as many before its first night, or all it takes. */
  readonly longestDay: number;
}

export function breaksFor(pools: readonly PoolShape[], minutes: number): Breaks {
  const weekly = pools[0]?.calendar.weekly;
  if (!weekly || pools.some(({ calendar }) => calendar.weekly !== weekly)) return judgeBreaks(pools, minutes);
  const answers = known.get(weekly) ?? new Map<string, Breaks>();
  known.set(weekly, answers);
  const key = `${minutes} ${pools.map(({ gridMinutes }) => gridMinutes)} ${needsSeats(pools)}`;
  const answer = answers.get(key) ?? judgeBreaks(pools, minutes);
  if (answers.size < MOST_KNOWN) answers.set(key, answer);
  return answer;
}

function judgeBreaks(pools: readonly PoolShape[], minutes: number): Breaks {
  const firstPart = firstPartOf(pools);
  const longestDay = longestDayOf(pools);
  if (minutes <= firstPart * commonGrid(pools)) return { cut: 'none', firstPart, longestDay };
  return { cut: fitsAStretch(pools, minutes) ? 'some' : 'all', firstPart, longestDay };
}

/** Whether some unbroken stretch of the regular week in which all pools are open holds the job. */
function fitsAStretch(pools: readonly PoolShape[], minutes: number): boolean {
  if (minutes > WEEK_MINUTES) return false;
  const workGrid = commonGrid(pools);
  const rows = regularRows(pools).map((row, i) => {
    const { gridMinutes } = pools[i]!;
    return everyNth(runStarts(row, cellsFor(minutes, gridMinutes)), REGULAR_MINUTES / gridMinutes, workGrid / gridMinutes);
  });
  return allOf(rows).some((word) => word !== 0);
}

const needsSeats = (pools: readonly PoolShape[]) => pools.some(({ kind }) => kind === 'seat');

/** For seats it is the longest stretch there is: a course of two days begins with a whole stretch, and one that fits a stretch is never cut. */
function firstPartOf(pools: readonly PoolShape[]): number {
  const workGrid = commonGrid(pools);
  const joint = jointRow(pools);
  const most = needsSeats(pools) ? cellsFor(WEEK_MINUTES, workGrid) : cellsFor(FIRST_PART_MINUTES, workGrid);
  let cells = 0;
  while (cells < most && runStarts(joint, cells + 1).some((word) => word !== 0)) cells++;
  return cells;
}

function longestDayOf(pools: readonly PoolShape[]): number {
  const workGrid = commonGrid(pools);
  const places = positions(jointRow(pools));
  const ends = endsOfDays(places, workGrid);
  // A pool that never closes has one day, longer than any visit.
  return places.reduce((longest, _, i) => Math.max(longest, ends[i]! - i + 1), 0);
}

/** For each open cell the index of the last one before the next night. @param places ascending cells of the work grid */
export function endsOfDays(places: Int32Array, workGrid: number): Int32Array {
  const ends = new Int32Array(places.length);
  for (let i = places.length - 1; i >= 0; i--) {
    const night = i === places.length - 1 || (places[i + 1]! - places[i]! - 1) * workGrid > LONGEST_BREAK_MINUTES;
    ends[i] = night ? i : ends[i + 1]!;
  }
  return ends;
}

const WEEK_MINUTES = 7 * 24 * 60;
// One week of starts and one more for jobs that begin in it and run into the next.
const REGULAR_ORIGIN = mondayOf(0) * DAY_MS - DAY_MS;
const REGULAR_MINUTES = (16 * DAY_MS) / MINUTE_MS;

const regularRows = (pools: readonly PoolShape[]) =>
  pools.map((pool) =>
    openRow(regularIntervals(pool.calendar, mondayOf(0), 14), pool.gridMinutes, REGULAR_ORIGIN, REGULAR_MINUTES / pool.gridMinutes),
  );

/** The cells of the work grid of the regular week in which all pools are open. */
function jointRow(pools: readonly PoolShape[]): Bitmap {
  const workGrid = commonGrid(pools);
  return allOf(regularRows(pools).map((row, i) => coarsen(row, REGULAR_MINUTES / pools[i]!.gridMinutes, workGrid / pools[i]!.gridMinutes)));
}

/** Least common multiple of the pools' grids. */
export function commonGrid(pools: readonly PoolShape[]): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  return pools.reduce((grid, pool) => (grid * pool.gridMinutes) / gcd(grid, pool.gridMinutes), 1);
}
