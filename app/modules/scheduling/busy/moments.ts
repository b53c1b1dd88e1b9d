/** Points in time as the properties of an event state them, each on its clock. */
import type { Assumed } from './busy-times.ts';
import { type Clock, type Clocks, fixedClock } from './calendar-clocks.ts';
import { type ContentLine, plainText } from './content-lines.ts';
import { dateValue, type Wall } from './date-values.ts';

export type Moment = {
  wall: Wall;
  isDate: boolean;
  /** Its time of day cannot be read. */
  broken: boolean;
  clock: Clock;
  /** As the file has it; of a clock taken for granted two with the same name are on the same. */
  tzid: string;
  assumed: boolean;
};

export type Note = { line: number; reason: Assumed; found: string };

export const instantOf = ({ wall, clock }: Pick<Moment, 'wall' | 'clock'>): number => clock.instant(wall);

/** What the lines of one event are read with. */
export type Reading = { clocks: Clocks; calendar: number; notes: Note[] };

/**
 * A time that names no clock is on that of the event's beginning, and the beginning on its calendar's, else on the centre's. A whole day is
 * the centre's.
 * @returns nothing when there is not even a day
 */
export function momentOf(text: string, line: ContentLine, { clocks, calendar, notes }: Reading, start?: Moment): Moment | undefined {
  const value = dateValue(text);
  if (!value) return undefined;
  // Declared as a date (VALUE=DATE) but written with a time.
  const isDate = value.isDate || (line.params.get('VALUE') ?? '').toUpperCase() === 'DATE';
  const moment = { wall: { day: value.day, ms: value.ms }, isDate, broken: value.broken };
  const tzid = line.params.get('TZID') ?? '';
  if (isDate && !value.broken) return { ...moment, clock: clocks.own, tzid: '', assumed: false };
  if (value.offset !== undefined) return { ...moment, clock: fixedClock(value.offset), tzid: '', assumed: false };
  if (tzid === '' && start && !start.isDate) return { ...moment, clock: start.clock, tzid: start.tzid, assumed: start.assumed };
  const { clock, trouble, named } = tzid === '' ? clocks.unnamed(calendar) : { ...clocks.of(calendar, tzid), named: plainText(tzid) };
  if (trouble && !notes.some((note) => note.found === named)) notes.push({ line: line.line, reason: trouble, found: named });
  return { ...moment, clock, tzid, assumed: trouble === 'zone' };
}

/** The day an instant written for a series of whole days means: of midnight, on the centre's clock or its own; else the day it is on both. */
export function dayMeant({ wall, isDate, clock }: Moment, clocks: Clocks): number | undefined {
  if (isDate) return wall.day;
  const local = clocks.own.wall(clock.instant(wall));
  if (local.ms === 0) return local.day;
  return wall.ms === 0 || wall.day === local.day ? wall.day : undefined;
}
