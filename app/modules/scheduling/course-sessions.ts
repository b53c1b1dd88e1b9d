/** Dates of a course: the seats of its pool that a date has, and which of them nobody has yet. */
import type { CourseSession } from '#db/schema/catalogue.ts';
import type { PoolShape } from './cell-rows.ts';
import { cellStart, cellsTouched, cellsWithin } from './grid.ts';
import { DAY_MS, dayOf } from './local-day.ts';
import { type Interval, openIntervals } from './working-calendar.ts';

type Dated = { readonly sessions: readonly CourseSession[] | null };

/** From its first morning to its last evening. */
export const LONGEST_SESSION_MS = 7 * DAY_MS;
export const MOST_SESSIONS = 60;

export const sessionAt = ({ sessions }: Dated, startAt: number): CourseSession | undefined =>
  sessions?.find((session) => session.startAt === startAt);

/**
 * The cells of a seat that a date takes: those of the pool's hours between its start and its end, so that breaks and nights are nobody's.
 * Closures take none of them away: a closed date is not sold, rather than sold shorter.
 */
export function sessionCells({ calendar, gridMinutes }: PoolShape, { startAt, endAt }: CourseSession): number[] {
  const { zone } = calendar;
  const open = openIntervals({ ...calendar, closures: [] }, dayOf(zone, startAt), dayOf(zone, endAt - 1) + 1);
  return open.flatMap((stretch) => {
    const { from, until } = cellsWithin(gridMinutes, { from: Math.max(stretch.from, startAt), until: Math.min(stretch.until, endAt) });
    return Array.from({ length: Math.max(0, until - from) }, (_, i) => from + i);
  });
}

/** Whether the pool is open when a date begins and when it ends, on its grid. */
export function fitsHours(pool: PoolShape, session: CourseSession): boolean {
  const cells = sessionCells(pool, session);
  const { gridMinutes } = pool;
  return (
    cells.length > 0 && cellStart(gridMinutes, cells[0]!) === session.startAt && cellStart(gridMinutes, cells.at(-1)! + 1) === session.endAt
  );
}

/** What of a seat's time a date takes, without breaks and nights. */
export const sessionMinutes = (pool: PoolShape, session: CourseSession): number => sessionCells(pool, session).length * pool.gridMinutes;

type SeatPool = PoolShape & {
  readonly hours: { readonly resources: readonly { readonly id: string; readonly closures?: readonly Interval[] }[] };
};

/** Who has a cell of a pool, by the cell; of seats that were taken out of use since too. */
type ClaimedCells = ReadonlyMap<number, readonly { readonly resourceId: string }[]>;

/**
 * The cells of another pool, of those who teach say, that a date takes: all that touch the time of its seats. Breaks of that pool in between
 * count, for nobody can be elsewhere meanwhile.
 * @returns undefined when the pool has no open hour in a stretch of the date
 */
export function cellsBeside(pool: PoolShape, seats: PoolShape, session: CourseSession): number[] | undefined {
  const cells = new Set<number>();
  for (const stretch of stretchesOf(seats, session)) {
    if (sessionCells(pool, { ...session, startAt: stretch.from, endAt: stretch.until }).length === 0) return undefined;
    const { from, until } = cellsTouched(pool.gridMinutes, stretch);
    for (let cell = from; cell < until; cell++) cells.add(cell);
  }
  return [...cells];
}

/** The time of a date's seats without breaks and nights. */
function stretchesOf(seats: PoolShape, session: CourseSession): Interval[] {
  const stretches: Interval[] = [];
  for (const cell of sessionCells(seats, session)) {
    const [from, until] = [cellStart(seats.gridMinutes, cell), cellStart(seats.gridMinutes, cell + 1)];
    const last = stretches.at(-1);
    if (last?.until === from) stretches[stretches.length - 1] = { from: last.from, until };
    else stretches.push({ from, until });
  }
  return stretches;
}

/** Resources of a pool, in order, that have all of the cells: neither closed nor somebody's. */
export function freeIn(pool: SeatPool, claimed: ClaimedCells, cells: readonly number[]): string[] {
  const shut = (closures: readonly Interval[] = []) =>
    closures.some(({ from, until }) =>
      cells.some((cell) => from < cellStart(pool.gridMinutes, cell + 1) && cellStart(pool.gridMinutes, cell) < until),
    );
  if (cells.length === 0 || shut(pool.calendar.closures)) return [];
  const taken = takenIn(claimed, cells);
  return pool.hours.resources.filter(({ id, closures }) => !taken.has(id) && !shut(closures)).map(({ id }) => id);
}

const takenIn = (claimed: ClaimedCells, cells: readonly number[]) =>
  new Set(cells.flatMap((cell) => claimed.get(cell)?.map(({ resourceId }) => resourceId) ?? []));

/**
 * What is left of a date: it has so many seats, whichever of its pool they are. Counted by what is claimed, so that a seat taken out of use,
 * or a booking put on another seat, makes it no larger.
 * @returns `free`: seats in use that nobody has, in order; `rest`: how many of them the date still takes
 */
export function freeSeats(pool: SeatPool, claimed: ClaimedCells, session: CourseSession): { free: string[]; rest: number } {
  const cells = sessionCells(pool, session);
  const free = freeIn(pool, claimed, cells);
  return { free, rest: free.length === 0 ? 0 : Math.max(0, session.seats - takenIn(claimed, cells).size) };
}
