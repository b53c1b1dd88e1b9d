import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { dayNumber, isoDay, type Weekday } from './local-day.ts';
import { holidayBook } from './public-holidays.ts';
import { closureDays, isWorkingDay, openDay, openIntervals, type PoolCalendar } from './working-calendar.ts';

const DAY = [
  { from: 9 * 60, until: 12 * 60 },
  { from: 13 * 60 + 30, until: 17 * 60 + 30 },
];
const OFFICE: PoolCalendar = {
  zone: 'Asia/Shanghai',
  weekly: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: [{ from: 540, until: 720 }] },
  keepsPublicHolidays: true,
  closures: [],
};
const shanghai = (text: string) => Date.parse(`${text}+08:00`);

describe('open hours', () => {
  it('opens weekdays in the zone of the pool', () => {
    expect(openDay(OFFICE, dayNumber('2026-11-23'))).toEqual({
      day: '2026-11-23',
      kind: 'regular',
      open: [
        { from: shanghai('2026-11-23T09:00'), until: shanghai('2026-11-23T12:00') },
        { from: shanghai('2026-11-23T13:30'), until: shanghai('2026-11-23T17:30') },
      ],
      closures: [],
      confirmed: true,
    });
    expect(openDay(OFFICE, dayNumber('2026-11-28'))).toMatchObject({ kind: 'closed_weekday', open: [] });
  });

  it('closes on public holidays and works Monday hours on make-up days', () => {
    expect(openDay(OFFICE, dayNumber('2026-10-01'))).toMatchObject({ kind: 'holiday', open: [], special: { nameZh: '国庆节' } });
    const saturday = openDay(OFFICE, dayNumber('2026-10-10'));
    expect(saturday).toMatchObject({ kind: 'make_up', special: { nameEn: 'National Day' } });
    expect(saturday.open).toHaveLength(2);
    const own = { ...OFFICE, makeUpHours: [{ from: 600, until: 660 }] };
    expect(openDay(own, dayNumber('2026-10-10')).open).toEqual([
      { from: shanghai('2026-10-10T10:00'), until: shanghai('2026-10-10T11:00') },
    ]);
    const closedMondays = { ...OFFICE, weekly: { ...OFFICE.weekly, 1: [], 6: [{ from: 540, until: 600 }] } };
    expect(openDay(closedMondays, dayNumber('2026-10-10')).open).toEqual([
      { from: shanghai('2026-10-10T09:00'), until: shanghai('2026-10-10T10:00') },
    ]);
    expect(openDay({ ...OFFICE, keepsPublicHolidays: false }, dayNumber('2026-10-01')).open).toHaveLength(2);
  });

  // Case `night-hours`.
  it('gives a shift over midnight to the day it begins, through holidays and make-up days', () => {
    const night = [{ from: 22 * 60, until: 30 * 60 }];
    const nights: PoolCalendar = { ...OFFICE, weekly: { 1: night, 2: night, 3: night, 4: night, 5: night } };
    const hours = (day: string) =>
      openDay(nights, dayNumber(day)).open.map(({ from, until }) => [from, until].map((at) => (at - shanghai(`${day}T00:00`)) / 3_600_000));
    // Wednesday 30 September runs into the holiday; the holidays have no nights of their own.
    expect(hours('2026-09-30')).toEqual([
      [0, 6],
      [22, 24],
    ]);
    expect(hours('2026-10-01')).toEqual([[0, 6]]);
    expect(openDay(nights, dayNumber('2026-10-01')).kind).toBe('holiday');
    expect(hours('2026-10-02')).toEqual([]);
    // Thursday 8 is the first working day; Saturday 10 is made up for, with Monday's night, which ends on Sunday.
    expect(hours('2026-10-08')).toEqual([[22, 24]]);
    expect(hours('2026-10-10')).toEqual([
      [0, 6],
      [22, 24],
    ]);
    expect(hours('2026-10-11')).toEqual([[0, 6]]);
    expect(isWorkingDay(nights, dayNumber('2026-10-11'))).toBe(false);
    expect(openIntervals(nights, dayNumber('2026-10-10'), dayNumber('2026-10-12'))).toEqual([
      { from: shanghai('2026-10-10T00:00'), until: shanghai('2026-10-10T06:00') },
      { from: shanghai('2026-10-10T22:00'), until: shanghai('2026-10-11T06:00') },
    ]);
  });

  it('takes closures off and says which', () => {
    const closure = { from: shanghai('2026-11-23T11:00'), until: shanghai('2026-11-23T14:00'), reasonZh: '停电', reasonEn: 'Power cut' };
    const idle = { ...closure, from: shanghai('2026-11-23T18:00'), until: shanghai('2026-11-23T20:00') };
    const day = openDay({ ...OFFICE, closures: [idle, closure] }, dayNumber('2026-11-23'));
    expect(day.open).toEqual([
      { from: shanghai('2026-11-23T09:00'), until: shanghai('2026-11-23T11:00') },
      { from: shanghai('2026-11-23T14:00'), until: shanghai('2026-11-23T17:30') },
    ]);
    expect(day.closures).toEqual([closure]);
    const move = closureDays(OFFICE.zone, dayNumber('2026-11-23'), dayNumber('2026-11-24'), '搬迁', 'Moving');
    const moving = { ...OFFICE, closures: [move] };
    expect([23, 24, 25].map((d) => isWorkingDay(moving, dayNumber(`2026-11-${d}`)))).toEqual([false, false, true]);
  });

  it('calls days of a year without a notice unconfirmed, unless the pool keeps no holidays', () => {
    const book = holidayBook([]);
    expect(openDay(OFFICE, dayNumber('2026-11-23'), book).confirmed).toBe(false);
    expect(openDay({ ...OFFICE, keepsPublicHolidays: false }, dayNumber('2026-11-23'), book).confirmed).toBe(true);
  });

  it('equals the wall clock read every five minutes, in every zone, through its clock changes', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Africa/Cairo',
      'America/Santiago',
      'Asia/Kathmandu',
    );
    // Around the changes of 2026 as well as anywhere.
    const days = fc.oneof(
      fc.constantFrom(
        '2026-03-08',
        '2026-03-29',
        '2026-04-05',
        '2026-04-24',
        '2026-09-06',
        '2026-10-04',
        '2026-10-25',
        '2026-10-30',
        '2026-11-01',
      ),
      fc.integer({ min: dayNumber('2025-06-01'), max: dayNumber('2026-12-31') }).map(isoDay),
    );
    const hours = fc
      .uniqueArray(fc.integer({ min: 0, max: 288 }), { minLength: 2, maxLength: 6 })
      .map((marks) => marks.sort((a, b) => a - b))
      .map((marks) => Array.from({ length: marks.length >> 1 }, (_, i) => ({ from: marks[2 * i]! * 5, until: marks[2 * i + 1]! * 5 })));
    const withNight = fc
      .tuple(hours, fc.option(fc.tuple(fc.integer({ min: 240, max: 287 }), fc.integer({ min: 289, max: 400 }))))
      .map(([own, night]) =>
        night ? [...own.filter(({ until }) => until <= night[0] * 5), { from: night[0] * 5, until: night[1] * 5 }] : own,
      );
    const weekly = fc.dictionary(fc.constantFrom('1', '2', '3', '4', '5', '6', '7'), withNight) as fc.Arbitrary<PoolCalendar['weekly']>;
    const closures = fc.array(fc.tuple(fc.integer({ min: -288, max: 600 }), fc.integer({ min: 1, max: 200 })), { maxLength: 3 });
    fc.assert(
      fc.property(zones, days, weekly, closures, fc.boolean(), (zone, first, week, closed, keeps) => {
        const start = Temporal.PlainDate.from(first).toZonedDateTime(zone).epochMilliseconds;
        const calendar: PoolCalendar = {
          zone,
          weekly: week,
          keepsPublicHolidays: keeps,
          closures: closed.map(([at, length]) => ({
            from: start + at * 300_000,
            until: start + (at + length) * 300_000,
            reasonZh: '',
            reasonEn: '',
          })),
        };
        const firstDay = dayNumber(first);
        const book = holidayBook([
          {
            year: 2026,
            confirmed: true,
            days: [
              { date: isoDay(firstDay), kind: 'make_up', nameZh: '', nameEn: '' },
              { date: isoDay(firstDay + 1), kind: 'holiday', nameZh: '', nameEn: '' },
            ],
          },
        ]);
        const found = openIntervals(calendar, firstDay, firstDay + 3, book);
        const end = Temporal.PlainDate.from(first).add({ days: 3 }).toZonedDateTime(zone).epochMilliseconds;
        const expected: { from: number; until: number }[] = [];
        for (let ms = start; ms < end; ms += 300_000) {
          const local = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
          const nth = local.toPlainDate().since(first).days;
          // A day's plan, and the end of the plan of the day before.
          const planOf = (nth: number, weekday: number) => {
            const own = week[weekday as Weekday] ?? [];
            const monday = week[1] ?? [];
            return keeps && nth === 1 ? [] : keeps && nth === 0 && monday.length > 0 ? monday : own;
          };
          const minute = local.hour * 60 + local.minute;
          const shown =
            planOf(nth, local.dayOfWeek).some((h) => h.from <= minute && minute < h.until) ||
            planOf(nth - 1, ((local.dayOfWeek + 5) % 7) + 1).some((h) => h.from <= minute + 1440 && minute + 1440 < h.until);
          const open = shown && !calendar.closures.some((c) => c.from <= ms && ms < c.until);
          if (!open) continue;
          const last = expected.at(-1);
          if (last?.until === ms) last.until = ms + 300_000;
          else expected.push({ from: ms, until: ms + 300_000 });
        }
        expect(found).toEqual(expected);
        const perDay = [0, 1, 2].flatMap((n) => openDay(calendar, firstDay + n, book).open);
        expect(perDay.reduce((sum, i) => sum + i.until - i.from, 0)).toBe(expected.reduce((sum, i) => sum + i.until - i.from, 0));
      }),
      { numRuns: 60 },
    );
  });
});
