/** Dates of a course: the seats of its pool that a date has, and which of them nobody has yet. */
import type { CourseSession } from '#db/schema/catalogue.ts';
import type { PoolShape } from './cell-rows.ts';
import { cellStart, cellsWithin } from './grid.ts';
import { DAY_MS, dayOf, MINUTE_MS } from './local-day.ts';
import type { PoolFacts } from './slot-search.ts';
import { type Interval, openIntervals } from './working-calendar.ts';

type Dated = { readonly sessions: readonly CourseSession[] | null };

/** From its first morning to its last evening. */
export const LONGEST_SESSION_MS = 7 * DAY_MS;
export const MOST_SESSIONS = 60;

export const sessionAt = ({ sessions }: Dated, startAt: number): CourseSession | undefined =>
  sessions?.find((session) => session.startAt === startAt);

export const sessionMinutes = ({ startAt, endAt }: CourseSession): number => Math.ceil((endAt - startAt) / MINUTE_MS);

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

/** The seats of a date that nobody has: of the first so many of the pool, those free for all of it. */
export function freeSeats(pool: PoolFacts, session: CourseSession): { resourceIds: string[]; cells: number[] } {
  const cells = sessionCells(pool, session);
  const shut = (closures: readonly Interval[] = []) =>
    closures.some(({ from, until }) =>
      cells.some((cell) => from < cellStart(pool.gridMinutes, cell + 1) && cellStart(pool.gridMinutes, cell) < until),
    );
  if (cells.length === 0 || shut(pool.calendar.closures)) return { resourceIds: [], cells };
  const free = pool.resources.slice(0, session.seats).filter(({ busy, closures }) => {
    const taken = new Set(busy);
    return !shut(closures) && !cells.some((cell) => taken.has(cell));
  });
  return { resourceIds: free.map(({ id }) => id), cells };
}
