import { MINUTE_MS, wallClock } from './local-day.ts';
import type { Interval } from './working-calendar.ts';

/**
 * Time as a grid: cell = floor(epoch ms / grid ms), a whole number since 1970-01-01T00:00Z, the same in every zone.
 * A cell is the unit that is claimed; it is open only when all of it is open.
 */

/** Grids pools may have: whole minutes that divide a day, so that every UTC day begins on a cell. */
export function isGrid(gridMinutes: number): boolean {
  return Number.isInteger(gridMinutes) && gridMinutes >= 1 && gridMinutes <= 1440 && 1440 % gridMinutes === 0;
}

/** The cell an instant (UTC ms) lies in. */
export function cellAt(gridMinutes: number, ms: number): number {
  return Math.floor(ms / (gridMinutes * MINUTE_MS));
}

/** The first cell that begins at or after an instant. */
export function cellFrom(gridMinutes: number, ms: number): number {
  return Math.ceil(ms / (gridMinutes * MINUTE_MS));
}

/** The instant (UTC ms) at which a cell begins. */
export function cellStart(gridMinutes: number, cell: number): number {
  return cell * gridMinutes * MINUTE_MS;
}

/** Local day (number) and minutes after midnight at which a cell begins. */
export function cellWallClock(zone: string, gridMinutes: number, cell: number): { day: number; minute: number } {
  return wallClock(zone, cellStart(gridMinutes, cell));
}

/** The whole cells [from, until) inside an interval; from ≥ until when it holds none. */
export function cellsWithin(gridMinutes: number, interval: Interval): { from: number; until: number } {
  return { from: cellFrom(gridMinutes, interval.from), until: cellAt(gridMinutes, interval.until) };
}

/** The cells [from, until) an interval touches. */
export function cellsTouched(gridMinutes: number, interval: Interval): { from: number; until: number } {
  return { from: cellAt(gridMinutes, interval.from), until: cellFrom(gridMinutes, interval.until) };
}
