import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import {
  dayEnd,
  dayNumber,
  dayOf,
  dayPieces,
  dayStart,
  isoDay,
  mondayOf,
  offsetAt,
  wallClock,
  wallInstant,
  weekdayOf,
} from './local-day.ts';

/** Zones with every kind of trouble: no change, half-hour change, change at midnight, southern summer, Ramadan, quarter-hour offsets. */
const ZONES = [
  'Asia/Shanghai',
  'Asia/Urumqi',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Santiago',
  'Asia/Beirut',
  'Pacific/Chatham',
  'Pacific/Apia',
];

const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.UTC(2015, 0, 1), max: Date.UTC(2036, 0, 1) });
const days = fc.integer({ min: dayNumber('2015-01-01'), max: dayNumber('2035-12-31') });

describe('days of a zone', () => {
  it('shows the wall clock Temporal shows', () => {
    fc.assert(
      fc.property(zones, instants, (zone, ms) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
        expect(offsetAt(zone, ms)).toBe(expected.offsetNanoseconds / 1e6);
        expect(wallClock(zone, ms)).toEqual({
          day: dayNumber(expected.toPlainDate().toString()),
          minute: expected.hour * 60 + expected.minute,
        });
        expect(dayOf(zone, ms)).toBe(dayNumber(expected.toPlainDate().toString()));
      }),
      { numRuns: 1500 },
    );
  });

  it('starts days where Temporal starts them, and its pieces fill them', () => {
    fc.assert(
      fc.property(zones, days, (zone, day) => {
        const date = Temporal.PlainDate.from(isoDay(day));
        expect(dayStart(zone, day)).toBe(date.toZonedDateTime(zone).epochMilliseconds);
        expect(dayEnd(zone, day)).toBe(date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds);
        const pieces = dayPieces(zone, day);
        expect(pieces[0]?.from).toBe(dayStart(zone, day));
        expect(pieces.at(-1)?.until).toBe(dayEnd(zone, day));
        for (let i = 1; i < pieces.length; i++) expect(pieces[i]?.from).toBe(pieces[i - 1]?.until);
      }),
      { numRuns: 1500 },
    );
  });

  it('finds the exact second of every change, day by day through two years', () => {
    for (const zone of ZONES) {
      for (let day = dayNumber('2026-01-01'); day < dayNumber('2028-01-01'); day++) {
        for (const piece of dayPieces(zone, day).slice(1)) {
          expect(offsetAt(zone, piece.from)).toBe(piece.offset);
          expect(Temporal.Instant.fromEpochMilliseconds(piece.from).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6).toBe(piece.offset);
          expect(Temporal.Instant.fromEpochMilliseconds(piece.from - 1).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6).not.toBe(
            piece.offset,
          );
        }
      }
    }
  });

  it('knows a date the zone skipped', () => {
    const skipped = dayNumber('2011-12-30');
    expect(dayPieces('Pacific/Apia', skipped)).toEqual([]);
    expect(dayStart('Pacific/Apia', skipped)).toBe(dayEnd('Pacific/Apia', skipped));
  });

  it('reads and writes dates', () => {
    fc.assert(fc.property(days, (day) => dayNumber(isoDay(day)) === day));
    for (const wrong of ['2026-02-30', '2026-13-01', '2026-1-1', '', '2026-01-01T00:00', '0000-00-00']) {
      expect(() => dayNumber(wrong)).toThrow(RangeError);
    }
    expect(weekdayOf(dayNumber('2026-11-23'))).toBe(1);
    expect(weekdayOf(dayNumber('1969-12-28'))).toBe(7);
    expect(isoDay(mondayOf(dayNumber('2026-11-29')))).toBe('2026-11-23');
    expect(() => dayStart('Mars/Olympus', 0)).toThrow(RangeError);
  });

  it('knows the days of every year a date can name', () => {
    for (const zone of ['Asia/Shanghai', 'America/New_York', 'UTC'])
      for (const [date, offset] of [
        ['0001-01-01', offsetAt(zone, Date.UTC(1800, 0, 1))],
        ['0099-12-31', offsetAt(zone, Date.UTC(1800, 0, 1))],
        ['1601-01-01', offsetAt(zone, Date.UTC(1800, 0, 1))],
        ['9999-12-31', offsetAt(zone, Date.UTC(2100, 0, 1))],
      ] as const) {
        const day = dayNumber(date);
        expect(dayStart(zone, day)).toBe(day * 86_400_000 - offset);
        expect(dayEnd(zone, day) - dayStart(zone, day)).toBe(86_400_000);
        expect(wallInstant(zone, day, 3_600_000)).toBe(dayStart(zone, day) + 3_600_000);
        expect(dayOf(zone, dayStart(zone, day))).toBe(day);
      }
    // Before the first year, too: an hour earlier than its first midnight.
    expect(dayOf('UTC', dayStart('UTC', dayNumber('0001-01-01')) - 3_600_000)).toBe(dayNumber('0001-01-01') - 1);
    expect(dayStart('Asia/Shanghai', dayNumber('0001-01-01') - 400)).toBeLessThan(dayStart('Asia/Shanghai', dayNumber('0001-01-01')));
  });

  it('finds the instant a clock shows: the first of two, and what daylight saving left out as if it had not', () => {
    for (const zone of ZONES)
      fc.assert(
        fc.property(days, fc.integer({ min: 0, max: 1439 }), (day, minute) => {
          const [year, month, date] = isoDay(day).split('-').map(Number) as [number, number, number];
          const plain = { year, month, day: date, hour: Math.floor(minute / 60), minute: minute % 60 };
          const wanted = Temporal.PlainDateTime.from(plain).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
          expect(wallInstant(zone, day, minute * 60_000)).toBe(wanted);
        }),
        { numRuns: 60 },
      );
    const skipped = dayNumber('2026-03-29');
    expect(wallInstant('Europe/Berlin', skipped, 2.5 * 3_600_000)).toBe(Date.parse('2026-03-29T01:30:00Z'));
    expect(wallInstant('Africa/Cairo', dayNumber('2025-04-25'), 30 * 60_000)).toBe(Date.parse('2025-04-24T22:30:00Z'));
    const twice = dayNumber('2026-10-25');
    expect(wallInstant('Europe/Berlin', twice, 2.5 * 3_600_000)).toBe(Date.parse('2026-10-25T00:30:00Z'));
    expect(wallInstant('Europe/Berlin', twice, 3 * 3_600_000)).toBe(Date.parse('2026-10-25T02:00:00Z'));
  });
});
