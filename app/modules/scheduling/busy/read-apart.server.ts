import { createRequire } from 'node:module';
import { apart } from '#app/core/apart.server.ts';
import { type CalendarReading, MOST_CALENDAR_BYTES, type ReadingWish } from './busy-times.ts';

/** By its name in the package: the built server is one file elsewhere, and the reader runs the source. */
const READER = createRequire(import.meta.url).resolve('#app/modules/scheduling/busy/read-calendar.child.ts');
/** Ten megabytes of events take three seconds and half of the memory; a year of somebody's life is read in a tenth of a second. */
const read = apart<{ file: string; wish: ReadingWish }, CalendarReading>(READER, {
  longestMs: 10_000,
  mostMb: 256,
  atOnce: 2,
  mostWaiting: 40,
});

/** Reads a calendar without stopping anything else; one that takes too long or too much memory is given up. */
export async function readApart(file: string, wish: ReadingWish, longestMs?: number): Promise<CalendarReading> {
  if (Buffer.byteLength(file) > MOST_CALENDAR_BYTES) return { fault: 'too_large' };
  const done = await read({ file, wish }, longestMs);
  return 'answer' in done ? done.answer : { fault: 'took_too_long' };
}
