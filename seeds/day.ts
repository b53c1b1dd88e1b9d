import { DAY_MS, DEFAULT_ZONE, dayOf, dayStart, MINUTE_MS, wallClock, weekdayOf } from '#app/modules/scheduling/local-day.ts';

/** Everything dated in the demonstration counts from one local day: the day it was first seeded. */
export type SeedDay = {
  /** Day number in Asia/Shanghai. */
  day: number;
  /** Instant of a clock time, `offset` days from that day. */
  at(offset: number, minute?: number): number;
  /** The first working weekday at or after so many days from that day. */
  weekday(offset: number): number;
};

export function seedDay(day: number): SeedDay {
  return {
    day,
    at: (offset, minute = 0) => dayStart(DEFAULT_ZONE, day + offset) + minute * MINUTE_MS,
    weekday: (offset) => offset + ([0, 0, 0, 0, 0, 2, 1][weekdayOf(day + offset) - 1] as number),
  };
}

export const today = (now: number): number => dayOf(DEFAULT_ZONE, now);

const WAKES = 8 * 60;

/** The instant itself, or, where it falls into the night, eight hours before: nobody books or cancels at three in the morning. */
export const awake = (ms: number): number => (wallClock(DEFAULT_ZONE, ms).minute < WAKES ? ms - DAY_MS / 3 : ms);
