import type { Queries } from '#db/queries.ts';
import type { CourseSession, service } from '#db/schema/catalogue.ts';
import { bookingWindow, MAX_HORIZON_DAYS } from './booking-window.ts';
import { freeSeats } from './course-sessions.ts';
import { claimsWithin, FOR_EVER, loadPoolsOfService, withClosures } from './load-pool-facts.server.ts';
import { DAY_MS, dayOf, isoDay, wallClock, weekdayOf } from './local-day.ts';
import type { WeekDay } from './week-view.ts';

/** A date of a course that has not begun, with the seats nobody has. */
export type ComingSession = CourseSession & { left: number; tooSoon: boolean };

/** The dates of a course that have not begun, in order; `tooSoon`: within the lead time. Of no course, and without a pool of seats, none. */
export async function comingSessions(
  q: Queries,
  rule: Pick<typeof service.$inferSelect, 'id' | 'version' | 'sessions' | 'leadDays'>,
  now: number,
): Promise<{ sessions: ComingSession[]; zone: string | undefined; from: number }> {
  const coming = (rule.sessions ?? []).filter(({ startAt }) => startAt > now);
  const seats = (await loadPoolsOfService(q, rule.id, rule.version)).find(({ kind }) => kind === 'seat');
  const zone = seats?.calendar.zone;
  if (!seats || coming.length === 0) return { sessions: [], zone, from: now };
  const [pool] = await withClosures(q, [seats], { from: now - DAY_MS, until: FOR_EVER });
  // How far ahead a date is announced is the centre's own choice: the lead time alone counts.
  const { from } = bookingWindow(now, { leadTime: { unit: 'working_days', value: rule.leadDays }, horizonDays: MAX_HORIZON_DAYS }, [
    pool!.calendar,
  ]);
  const span = { from: coming[0]!.startAt, until: Math.max(...coming.map(({ endAt }) => endAt)) };
  const claimed = Map.groupBy(await claimsWithin(q, seats, span), ({ cell }) => cell);
  const left = (one: CourseSession) => {
    const { free, rest } = freeSeats(pool!, claimed, one);
    return Math.min(free.length, rest);
  };
  return { sessions: coming.map((one) => ({ ...one, left: left(one), tooSoon: one.startAt < from })), zone, from };
}

/** Whether a date takes so many. */
export const takes = ({ left, tooSoon }: ComingSession, quantity: number): boolean => !tooSoon && left >= quantity;

/** The days of the dates, as a calendar shows days. */
export function daysOfSessions(zone: string, sessions: readonly ComingSession[], quantity: number): WeekDay[] {
  return [...Map.groupBy(sessions, ({ startAt }) => dayOf(zone, startAt))].map(([day, own]) => {
    const starts = own.filter((one) => takes(one, quantity)).map(({ startAt, endAt }) => startOf(zone, startAt, endAt));
    const kind = own.every(({ tooSoon }) => tooSoon) ? 'before_lead_time' : 'full';
    const none = starts.length > 0 ? null : { kind: kind as 'before_lead_time' | 'full' };
    return { day: isoDay(day), weekday: weekdayOf(day), starts, none, special: null, closures: [], confirmed: true };
  });
}

const startOf = (zone: string, at: number, until: number) => ({ at, until, minute: wallClock(zone, at).minute });
