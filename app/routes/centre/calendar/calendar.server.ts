/** The calendar as the page draws it: strips with their words. And the form that closes a time. */
import { z } from 'zod';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { isMovable } from '#app/modules/orders/move-booking.server.ts';
import { DAY_MS, dayEnd, dayNumber, dayOf, dayStart, isoDay, mondayOf, wallInstant } from '#app/modules/scheduling/local-day.ts';
import type { BookedPiece, PoolWeek } from '#app/read-models/view-pool-week.server.ts';
import { date as dateName, day as dayName, dayTime, isoDay as isoDayOf, time } from '#app/ui/format.ts';
import { hourRow, place, type StripPool, shownHours } from './week.ts';

const NOON = 12 * 3_600_000;

/** `number` empty: kept for an offer. */
/** `name`: its order's number, or why it is not free. */
type Booking = { id: string; number: string; name: string; text: string };

export type CalendarView = {
  zone: string;
  days: { iso: string; name: string; note: string; today: boolean }[];
  pools: StripPool[];
  bookings: Booking[];
  closures: { id: string; text: string }[];
  /** The days shown, in words. */
  span: string;
  today: string;
  /** Whether today is among the days shown. */
  now: boolean;
  monday: string;
  previous: string;
  next: string;
};

/** @param now UTC ms, to mark today */
export function calendarView(week: PoolWeek, now: number): CalendarView {
  const { zone } = week;
  const numbers = week.days.map(dayNumber);
  const starts = numbers.map((number) => dayStart(zone, number));
  const first = week.pools[0];
  const named = week.all.flatMap((pool) => [pool, ...pool.resources]);
  const names = new Map(named.map(({ id, nameZh, nameEn }) => [id, pick(nameZh, nameEn)]));
  return {
    zone,
    days: week.days.map((iso, i) => {
      const special = first?.hours[i]?.special;
      return {
        iso,
        name: dayName((starts[i] as number) + NOON, { timeZone: zone }),
        today: numbers[i] === dayOf(zone, now),
        note: special ? pick(special.nameZh, special.nameEn) : '',
      };
    }),
    pools: week.pools.map((pool) => {
      const hours = shownHours(pool, starts);
      return {
        id: pool.id,
        name: pick(pool.nameZh, pool.nameEn),
        kind: pool.kind,
        gridMinutes: pool.gridMinutes,
        hours,
        hourRow: hourRow(hours, numbers.length),
        resources: pool.resources.map((resource) => ({
          id: resource.id,
          name: pick(resource.nameZh, resource.nameEn),
          days: starts.map((start, i) => ({
            open: (pool.hours[i]?.open ?? []).flatMap((stretch) => place(stretch, start, hours) ?? []),
            shut: [...(pool.hours[i]?.closures ?? []).map((shut) => ({ ...shut, calendarId: null })), ...awayOf(week, resource.id)].flatMap(
              (closure) => {
                const at = place(closure, start, hours);
                return at
                  ? [
                      {
                        ...at,
                        title: [
                          closure.calendarId ? m.centre_busy_title() : m.centre_closed_block(),
                          pick(closure.reasonZh, closure.reasonEn),
                        ]
                          .filter(Boolean)
                          .join(' · '),
                      },
                    ]
                  : [];
              },
            ),
            blocks: resource.bookings.flatMap((booking) =>
              booking.pieces.flatMap((piece) => {
                const at = place(
                  { from: Math.max(piece.from, start), until: Math.min(piece.until, dayEnd(zone, numbers[i] as number)) },
                  start,
                  hours,
                );
                if (!at) return [];
                const service = pick(booking.serviceZh, booking.serviceEn);
                const buyer = pick(booking.buyerZh, booking.buyerEn);
                const name = nameOf(booking);
                const title = [name, `${service} × ${booking.quantity}`, buyer, timesOf(booking, piece, zone)].filter(Boolean).join(' · ');
                return [
                  {
                    ...at,
                    id: booking.id,
                    number: booking.orderNumber,
                    moves: movesOf(booking, piece.from, zone),
                    progress: booking.progress,
                    text:
                      numbers.length === 1
                        ? [`${name} ${service}`, buyer].filter(Boolean).join(' · ')
                        : booking.orderNumber
                          ? service
                          : name,
                    title,
                  },
                ];
              }),
            ),
          })),
        })),
      };
    }),
    bookings: bookingsOf(week),
    // A calendar's busy times are many and not taken back here: the strips show them.
    closures: week.closures
      .filter(({ calendarId }) => calendarId === null)
      .map(({ id, poolId, resourceId, fromAt, untilAt, reasonZh, reasonEn }) => ({
        id,
        text: [
          names.get(resourceId ?? poolId ?? '') ?? (poolId ? '' : m.centre_whole_centre()),
          `${dayTime(fromAt, { timeZone: zone })} – ${dayTime(untilAt, { timeZone: zone })}`,
          pick(reasonZh, reasonEn),
        ]
          .filter(Boolean)
          .join(' · '),
      })),
    span: [...new Set([numbers[0], numbers.at(-1)])]
      .map((number) => dateName(dayStart(zone, number as number) + NOON, { timeZone: zone }))
      .join(' – '),
    today: isoDay(dayOf(zone, now)),
    now: numbers.includes(dayOf(zone, now)),
    monday: isoDay(mondayOf(numbers[0] as number)),
    previous: isoDay((numbers[0] as number) - numbers.length),
    next: isoDay((numbers[0] as number) + numbers.length),
  };
}

/** What dragging a piece takes with it: of a booking that may be moved, by its beginning. */
const movesOf = ({ progress, workBegunAt, startAt, version }: BookedPiece, from: number, timeZone: string) =>
  progress !== 'kept' && progress !== 'course' && isMovable(progress, workBegunAt) && from === startAt
    ? { version, start: `${isoDayOf(from, timeZone)}T${time(from, { timeZone })}` }
    : undefined;

/** When one resource alone is closed. */
const awayOf = ({ closures }: PoolWeek, resourceId: string) =>
  closures
    .filter((closure) => closure.resourceId === resourceId)
    .map(({ fromAt, untilAt, ...reason }) => ({ ...reason, from: fromAt, until: untilAt }));

/** What stands on it: its order, or why it is not free. */
const nameOf = ({ orderNumber, progress }: BookedPiece): string =>
  orderNumber || (progress === 'course' ? m.centre_course_date() : m.centre_kept());

/** Each booking once, by its first start: what the strips show, for those who read rather than look, and for short blocks. */
function bookingsOf({ pools, zone }: PoolWeek): Booking[] {
  const found = new Map<string, Booking & { from: number }>();
  for (const booking of pools.flatMap((pool) => pool.resources.flatMap((resource) => resource.bookings))) {
    const from = booking.pieces[0]?.from ?? 0;
    if (from >= (found.get(booking.id)?.from ?? Number.POSITIVE_INFINITY)) continue;
    const service = pick(booking.serviceZh, booking.serviceEn);
    const buyer = pick(booking.buyerZh, booking.buyerEn);
    const text = [dayTime(from, { timeZone: zone }), `${service} × ${booking.quantity}`, buyer].filter(Boolean).join(' · ');
    found.set(booking.id, { id: booking.id, number: booking.orderNumber, name: nameOf(booking), text, from });
  }
  return [...found.values()].sort((a, b) => a.from - b.from).map(({ from: _, ...booking }) => booking);
}

/** The first day an address asks for; `week=2026-W48` too. Anything else: this week. */
export function firstDayOf(params: URLSearchParams): string | undefined {
  const from = params.get('from') ?? '';
  const week = /^(\d{4})-W(\d{2})$/.exec(params.get('week') ?? '');
  try {
    // ISO 8601: 4 January is always in week 1.
    if (week) return isoDay(mondayOf(dayNumber(`${week[1]}-01-04`)) + (Number(week[2]) - 1) * 7);
    return from ? isoDay(dayNumber(from)) : undefined;
  } catch {
    return undefined;
  }
}

const local = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/);

/** An instant from what a `datetime-local` field holds, in the centre's zone; NaN when it holds none. */
export function instantOf(text: string, zone: string): number {
  if (!local.safeParse(text).success) return Number.NaN;
  try {
    const [date, clock] = text.split('T') as [string, string];
    const [hour, minute] = clock.split(':').map(Number) as [number, number];
    if (hour > 23 || minute > 59) return Number.NaN;
    return wallInstant(zone, dayNumber(date), (hour * 60 + minute) * 60_000);
  } catch {
    return Number.NaN;
  }
}

/** `09:00–15:30 · 10:00 起在现场 · 保留至 16:00`: the work of a piece, the arrival in it, and what is only kept free. */
function timesOf({ arrivesAt, workUntil }: BookedPiece, { from, until }: BookedPiece['pieces'][number], timeZone: string): string {
  const at = (ms: number) => time(ms, { timeZone });
  const end = Math.max(from, Math.min(until, workUntil));
  return [
    ...(end > from ? [worked(from, end, timeZone)] : []),
    ...(arrivesAt !== null && arrivesAt >= from && arrivesAt < end ? [m.centre_block_there({ there: at(arrivesAt) })] : []),
    ...(until > end ? [m.centre_block_kept_free({ until: at(until) })] : []),
  ].join(' · ');
}

/** `09:00–15:30`; over midnight the end says its day. */
function worked(from: number, end: number, timeZone: string): string {
  // What ends at midnight ends on the day itself.
  if (isoDayOf(from, timeZone) === isoDayOf(end - 1, timeZone)) return `${time(from, { timeZone })}–${time(end, { timeZone })}`;
  if (end - from < DAY_MS) return m.centre_hours_next_day({ from: time(from, { timeZone }), until: time(end, { timeZone }) });
  return `${dayTime(from, { timeZone })} – ${dayTime(end, { timeZone })}`;
}
