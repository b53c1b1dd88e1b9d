/** Which jobs breaks may cut, by the regular week of their pools (duration.ts). */
import { coarsen, everyNth, runStarts } from '#app/core/bitmap.ts';
import { allOf, openRow, type PoolShape } from './cell-rows.ts';
import { cellsFor } from './duration.ts';
import { DAY_MS, MINUTE_MS, mondayOf } from './local-day.ts';
import { regularIntervals } from './working-calendar.ts';

/** A job that runs on has so much before the first break (less where the regular week has no such stretch): for less nobody sets up. */
const FIRST_PART_MINUTES = 90;
/** By weekly hours, which pools share and keep: every booking asks the same again. */
const known = new WeakMap<PoolShape['calendar']['weekly'], Map<string, Breaks>>();
const MOST_KNOWN = 500;

/** Whether no unbroken stretch of the regular week in which all pools are open holds the job: wherever it begins, it runs on. */
export const runsOnOverBreaks = (pools: readonly PoolShape[], minutes: number): boolean => breaksFor(pools, minutes).cut === 'all';

interface Breaks {
  /** Whether breaks may cut the job: never, where the stretch is too short for it, or always, since no stretch holds it. */
  readonly cut: 'none' | 'some' | 'all';
  /** Cells of the work grid that come before the first break it runs on over. */
  readonly firstPart: number;
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
  if (minutes <= firstPart * commonGrid(pools)) return { cut: 'none', firstPart };
  return { cut: fitsAStretch(pools, minutes) ? 'some' : 'all', firstPart };
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

/** Of seats the longest stretch there is: a course of two days begins with a whole one, and a shorter one is never cut. */
function firstPartOf(pools: readonly PoolShape[]): number {
  const workGrid = commonGrid(pools);
  const joint = allOf(
    regularRows(pools).map((row, i) => coarsen(row, REGULAR_MINUTES / pools[i]!.gridMinutes, workGrid / pools[i]!.gridMinutes)),
  );
  const most = needsSeats(pools) ? cellsFor(WEEK_MINUTES, workGrid) : cellsFor(FIRST_PART_MINUTES, workGrid);
  let cells = 0;
  while (cells < most && runStarts(joint, cells + 1).some((word) => word !== 0)) cells++;
  return cells;
}

const WEEK_MINUTES = 7 * 24 * 60;
// One week of starts and one more for jobs that begin in it and run into the next.
const REGULAR_ORIGIN = mondayOf(0) * DAY_MS - DAY_MS;
const REGULAR_MINUTES = (16 * DAY_MS) / MINUTE_MS;

const regularRows = (pools: readonly PoolShape[]) =>
  pools.map((pool) =>
    openRow(regularIntervals(pool.calendar, mondayOf(0), 14), pool.gridMinutes, REGULAR_ORIGIN, REGULAR_MINUTES / pool.gridMinutes),
  );

/** Least common multiple of the pools' grids. */
export function commonGrid(pools: readonly PoolShape[]): number {
  const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
  return pools.reduce((grid, pool) => (grid * pool.gridMinutes) / gcd(grid, pool.gridMinutes), 1);
}
