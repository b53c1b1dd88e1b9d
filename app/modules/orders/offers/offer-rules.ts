import { dayEnd, dayOf, dayStart, MINUTE_MS, wallClock } from '#app/modules/scheduling/local-day.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** Time to answer when a freed slot is offered by day: an afternoon. */
const ANSWER_MS = 4 * HOUR_MS;
/** What is offered in the evening or at night may be answered until ten in the morning. Local minutes of the day. */
const EVENING = 18 * 60;
const MORNING = 6 * 60;
const ANSWERED_BY = 10 * 60;
/** Time a buyer has to agree to another time. */
const MOVE_MS = 48 * HOUR_MS;
/** With less time than this nobody would read the mail in time: the slot is not offered and stays on sale. */
export const SHORTEST_MS = HOUR_MS / 2;

/** Places one buyer may have for one service at a time. */
export const MOST_PLACES = 3;

export type SlotFacts = {
  startAt: number;
  zone: string;
  /** The first start that may still be booked at an instant (the service's lead time). */
  earliest: (at: number) => number;
};

/** Until when a freed slot is kept (UTC ms): never longer than it may still be booked. Null when that is too short to be offered. */
export function offerUntil(now: number, { startAt, zone, earliest }: SlotFacts): number | null {
  const { day, minute } = wallClock(zone, now);
  const morning = (of: number) => dayStart(zone, of) + ANSWERED_BY * MINUTE_MS;
  const answered = minute >= EVENING ? morning(day + 1) : minute < MORNING ? morning(day) : now + ANSWER_MS;
  const until = Math.min(answered, startAt);
  // Lead times are counted in days: what may be booked today may not be tomorrow.
  const kept = earliest(until) <= startAt ? until : Math.min(until, dayEnd(zone, dayOf(zone, now)));
  return kept - now < SHORTEST_MS || earliest(kept - 1) > startAt ? null : kept;
}

/** Until when a buyer may agree to a move (UTC ms): before either time has come. */
export const moveUntil = (now: number, from: number, to: number): number =>
  Math.min(now + MOVE_MS, to, from > now ? from : Number.POSITIVE_INFINITY);
