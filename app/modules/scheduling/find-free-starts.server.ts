import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import type { service } from '#db/schema/catalogue.ts';
import { type BookingWindow, bookingWindow } from './booking-window.ts';
import { type ComingSession, comingSessions, daysOfSessions } from './coming-sessions.server.ts';
import { bookingMinutes } from './duration.ts';
import { FOR_EVER, loadPoolsOfService, type PoolHours, withClaims, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS, dayEnd, dayOf, dayStart, isoDay, mondayOf } from './local-day.ts';
import { shownDay } from './shown-day.ts';
import { searchReach } from './slot-search.ts';
import { type WeekView, weekView } from './week-view.ts';

/** What of a service decides when it can be booked. */
export type Bookable = Pick<
  typeof service.$inferSelect,
  | 'id'
  | 'version'
  | 'setupMinutes'
  | 'minutesPerItem'
  | 'bufferMinutes'
  | 'maxQuantity'
  | 'unit'
  | 'leadDays'
  | 'horizonDays'
  | 'deliveryModes'
  | 'travelZones'
  | 'sessions'
>;

export type FreeStarts = {
  /** Working time of the job, minutes; without the ways and what is kept free behind it. */
  minutes: number;
  /** Starts the service sells at all: after its lead time, before its horizon. */
  window: BookingWindow;
  week: WeekView;
  /** Of a course with dates: they alone are sold, and stand in `week` by their days. */
  sessions: ComingSession[] | null;
};

type Length = Pick<Bookable, 'setupMinutes' | 'minutesPerItem' | 'bufferMinutes' | 'maxQuantity' | 'unit'>;

/**
 * All a booking claims: the work, the way out and back, and the buffer behind it. The way is part of the pools' time, as the work is. Seats
 * are taken at once: a course takes as long for five as for one.
 * @param travelMinutes each way
 */
export const lengthOf = (
  { setupMinutes, bufferMinutes, minutesPerItem, maxQuantity, unit }: Length,
  quantity: number,
  travelMinutes = 0,
) => {
  const once = setupMinutes + bufferMinutes + 2 * travelMinutes;
  return unit === 'seat'
    ? bookingMinutes({ setUpMinutes: once + minutesPerItem, minutesPerItem: 0, maxQuantity }, quantity)
    : bookingMinutes({ setUpMinutes: once, minutesPerItem, maxQuantity }, quantity);
};

/**
 * The pools of a service as a booking of so many needs them: what is sold by the seat needs its pool of seats as often. Of a course with
 * dates the seats alone: who teaches is the date's own, once for however many bookings (claim-beside-seats).
 */
export function poolsNeeded(
  poolHours: readonly PoolHours[],
  { unit, sessions }: Pick<Bookable, 'unit' | 'sessions'>,
  quantity: number,
): readonly PoolHours[] {
  const seats = (hours: PoolHours) => Array.from({ length: quantity }, () => hours);
  if (sessions)
    return poolHours
      .filter(({ kind }) => kind === 'seat')
      .slice(0, 1)
      .flatMap(seats);
  return unit === 'seat' && quantity > 1 ? poolHours.flatMap((hours) => (hours.kind === 'seat' ? seats(hours) : hours)) : poolHours;
}

/** The same in minutes, for callers that cannot continue without a valid length. @throws Problem quantity_out_of_range */
export function minutesOf(rule: Length, quantity: number, travelMinutes = 0): number {
  const length = lengthOf(rule, quantity, travelMinutes);
  if (!length.ok) throw new Problem('quantity_out_of_range', { max: rule.maxQuantity });
  return length.minutes;
}

export const bookingRule = (rule: Pick<Bookable, 'leadDays' | 'horizonDays'>) => ({
  leadTime: { unit: 'working_days' as const, value: rule.leadDays },
  horizonDays: rule.horizonDays,
});

/** The longest stretch one page shows. */
const MOST_DAYS = 31;

/**
 * The free starts of some days, as a calendar shows them.
 * @param travelMinutes each way, when it is done on site
 * @param firstDay ISO date in the centre's zone; left out, or not a date: the Monday of the first day that can be booked
 * @throws Problem quantity_out_of_range; service_not_bookable when the service has no pools
 */
export async function findFreeStarts(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  {
    service: rule,
    quantity,
    travelMinutes = 0,
    firstDay,
    days = 7,
  }: { service: Bookable; quantity: number; travelMinutes?: number; firstDay?: string; days?: number },
): Promise<FreeStarts> {
  const minutes = minutesOf(rule, quantity, travelMinutes);
  const { bufferMinutes } = rule;
  const now = clock();
  if (rule.sessions) return db.read((q) => datedStarts(q, rule, { quantity, minutes }, now));
  return db.read(async (q) => {
    const poolHours = poolsNeeded(await loadPoolsOfService(q, rule.id, rule.version), rule, quantity);
    const zone = poolHours[0]?.calendar.zone;
    if (zone === undefined) throw new Problem('service_not_bookable');
    const pools = await withClosures(q, poolHours, { from: now - DAY_MS, until: FOR_EVER });
    const calendars = pools.map((pool) => pool.calendar);
    const window = bookingWindow(now, bookingRule(rule), calendars);
    const first = shownDay(firstDay) ?? mondayOf(dayOf(zone, Math.min(window.from, window.until - 1)));
    const shown = Math.max(1, Math.min(MOST_DAYS, days));
    const span = { minutes, from: dayStart(zone, first), until: dayEnd(zone, first + shown - 1) };
    const facts = await withClaims(q, pools, searchReach({ ...span, pools }));
    const week = weekView({
      pools: facts,
      minutes,
      bufferMinutes,
      travelMinutes: travelMinutes,
      now,
      window,
      firstDay: isoDay(first),
      days: shown,
    });
    return { minutes: minutes - bufferMinutes - 2 * travelMinutes, window, week, sessions: null };
  });
}

async function datedStarts(q: Queries, rule: Bookable, { quantity, minutes }: { quantity: number; minutes: number }, now: number) {
  const { sessions, zone, from } = await comingSessions(q, rule, now);
  if (zone === undefined) throw new Problem('service_not_bookable');
  const until = Math.max(from, ...sessions.map(({ endAt }) => endAt));
  const week = { zone, days: daysOfSessions(zone, sessions, quantity) };
  return { minutes, window: { from, until, unconfirmedYears: [] }, week, sessions };
}
