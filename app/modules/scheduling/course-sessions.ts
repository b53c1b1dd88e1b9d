/** Dates of a course: the seats of its pool that a date has, and which of them nobody has yet. */
import type { CourseSession } from '#db/schema/catalogue.ts';
import type { PoolShape } from './cell-rows.ts';
import { cellStart, cellsWithin } from './grid.ts';
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
 * What is left of a date: it has so many seats, whichever of its pool they are. Counted by what is claimed, so that a seat taken out of use,
 * or a booking put on another seat, makes it no larger.
 * @returns `free`: seats in use that nobody has, in order; `rest`: how many of them the date still takes
 */
export function freeSeats(pool: SeatPool, claimed: ClaimedCells, session: CourseSession): { free: string[]; rest: number } {
  const cells = sessionCells(pool, session);
  const shut = (closures: readonly Interval[] = []) =>
    closures.some(({ from, until }) =>
      cells.some((cell) => from < cellStart(pool.gridMinutes, cell + 1) && cellStart(pool.gridMinutes, cell) < until),
    );
  if (cells.length === 0 || shut(pool.calendar.closures)) return { free: [], rest: 0 };
  const taken = new Set(cells.flatMap((cell) => claimed.get(cell)?.map(({ resourceId }) => resourceId) ?? []));
  const free = pool.hours.resources.filter(({ id, closures }) => !taken.has(id) && !shut(closures)).map(({ id }) => id);
  return { free, rest: Math.max(0, session.seats - taken.size) };
}
