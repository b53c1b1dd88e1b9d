import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayNumber, dayStart, MINUTE_MS } from './local-day.ts';
import { findStarts, type PoolFacts, planSlots } from './slot-search.ts';
import type { Hours, PoolCalendar } from './working-calendar.ts';

/**
 * A larger job never gets a slot that a smaller one is refused: whoever may begin with ten pieces at two may begin with nine, eight … one.
 * Pools of every kind: benches, people who stand in several, a room full of seats, a chamber that runs through the night.
 */
const ZONE = 'Asia/Shanghai';
const FIRST = dayNumber('2026-09-29');
const DAYS = 5;
const hours = (...list: [number, number][]): Hours[] => list.map(([from, until]) => ({ from: from * 60, until: until * 60 }));

const DAY_HOURS: Hours[][] = [
  hours([9, 12], [13.5, 17.5]),
  hours([9, 12], [13, 17]),
  hours([8.5, 18]),
  hours([9, 10], [11, 11.5], [14, 16]),
  hours([0, 24]),
  hours([22, 30]),
  hours([9, 10.75]),
  [],
];
const week = fc.array(fc.constantFrom(...DAY_HOURS), { minLength: 7, maxLength: 7 });
const weekdays = fc.constantFrom(...DAY_HOURS).map((day) => [day, day, day, day, day, [], []] as Hours[][]);
const moments = fc.tuple(fc.integer({ min: -10, max: DAYS * 24 }), fc.integer({ min: 1, max: 10 }));
const closures = fc.array(moments, { maxLength: 2 }).map((list) =>
  list.map(([at, length]) => ({
    from: dayStart(ZONE, FIRST) + at * 60 * MINUTE_MS,
    until: dayStart(ZONE, FIRST) + (at + length) * 60 * MINUTE_MS,
  })),
);
const KINDS = { bench: 2, technician: 3, standard: 1, machine: 1, seat: 8 } as const;

const pool = fc.constantFrom(...(Object.keys(KINDS) as (keyof typeof KINDS)[])).chain((kind) =>
  fc.record({
    kind: fc.constant(kind),
    gridMinutes: fc.constantFrom(15, 30, 30, 60),
    weekly: fc.oneof(weekdays, weekdays, week),
    keeps: fc.boolean(),
    closures,
    resources: fc.array(
      fc.record({
        workerId: fc.option(fc.constantFrom('w1', 'w2', 'w3'), { nil: undefined }),
        busy: fc.array(fc.tuple(fc.integer({ min: 0, max: DAYS * 24 * 4 }), fc.integer({ min: 1, max: 6 })), { maxLength: 6 }),
        closures,
      }),
      { minLength: 1, maxLength: KINDS[kind] },
    ),
  }),
);

const facts = fc.array(pool, { minLength: 1, maxLength: 3 }).map((drawn) =>
  drawn.map(({ kind, gridMinutes, weekly, keeps, closures: closed, resources }, p): PoolFacts => {
    const firstCell = dayStart(ZONE, FIRST) / (gridMinutes * MINUTE_MS);
    const calendar: PoolCalendar = {
      zone: ZONE,
      weekly: Object.fromEntries(weekly.map((day, i) => [i + 1, day])),
      keepsPublicHolidays: keeps,
      closures: closed.map((one) => ({ ...one, reasonZh: '', reasonEn: '' })),
    };
    return {
      id: `p${p}`,
      kind,
      gridMinutes,
      calendar,
      resources: resources.map(({ workerId, busy, closures: own }, r) => ({
        id: `p${p}r${r}`,
        closures: own,
        ...(kind === 'technician' && workerId !== undefined && { workerId }),
        busy: Int32Array.from(new Set(busy.flatMap(([at, n]) => Array.from({ length: n }, (_, i) => firstCell + at + i)))).sort(),
      })),
    };
  }),
);

describe('a larger job', () => {
  it('begins at no time at which a smaller one of the same terms may not', () => {
    let larger = 0;
    fc.assert(
      fc.property(
        facts,
        fc.record({
          setup: fc.integer({ min: 0, max: 150 }),
          perItem: fc.integer({ min: 1, max: 180 }),
          travel: fc.constantFrom(0, 0, 0, 60),
        }),
        (pools, { setup, perItem, travel }) => {
          const window = { pools, travelMinutes: travel, from: dayStart(ZONE, FIRST), until: dayStart(ZONE, FIRST + DAYS) };
          let smaller: ReadonlySet<number> | undefined;
          for (let n = 1; n <= 14; n++) {
            const starts = findStarts({ ...window, minutes: setup + n * perItem + 2 * travel });
            for (const start of starts)
              if (smaller && !smaller.has(start)) throw new Error(`${n} pieces at ${new Date(start).toISOString()}`);
            if (n > 6) larger += starts.length;
            smaller = new Set(starts);
          }
        },
      ),
      { numRuns: 400, seed: 20261128 },
    );
    // Large jobs must find something, or the property says nothing.
    expect(larger).toBeGreaterThan(2_000);
  });
});

describe('an office with a break', () => {
  const office: PoolFacts = {
    id: 'benches',
    gridMinutes: 30,
    calendar: {
      zone: ZONE,
      weekly: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, hours([9, 12], [13.5, 17.5])])),
      keepsPublicHolidays: false,
      closures: [],
    },
    resources: [{ id: 'a', busy: new Int32Array() }],
  };
  const startsOf = (minutes: number) => {
    const from = dayStart(ZONE, dayNumber('2026-11-24'));
    return planSlots({ pools: [office], minutes, from, until: from + 24 * 60 * MINUTE_MS }).starts.map(
      (at) => (at - from) / (60 * MINUTE_MS),
    );
  };

  it('keeps what takes up to an hour and a half in one piece', () => {
    expect(startsOf(90)).toEqual([9, 9.5, 10, 10.5, 13.5, 14, 14.5, 15, 15.5, 16]);
  });
  it('runs on with longer work where an hour and a half of it comes first, whether it would fit elsewhere or not', () => {
    const begun = [9, 9.5, 10, 10.5, 13.5, 14, 14.5, 15, 15.5, 16];
    for (const minutes of [120, 150, 180, 240, 270, 600]) expect([minutes, startsOf(minutes)]).toEqual([minutes, begun]);
  });
  it('lets a visit wait for the end of a break and never for a morning, unless it fits no day', () => {
    const from = dayStart(ZONE, dayNumber('2026-11-24'));
    const visits = (minutes: number) =>
      findStarts({ pools: [office], minutes, travelMinutes: 60, from, until: from + 24 * 60 * MINUTE_MS }).map(
        (at) => (at - from) / (60 * MINUTE_MS),
      );
    expect(visits(240)).toEqual([9, 9.5, 10, 10.5, 13.5]);
    expect(visits(420)).toEqual([9]);
    expect(visits(600)).toEqual([9]);
  });
  it('cuts no course that fits a stretch, and begins a longer one with a whole stretch', () => {
    const seats = (minutes: number) => {
      const from = dayStart(ZONE, dayNumber('2026-11-24'));
      const pools: PoolFacts[] = [{ ...office, kind: 'seat' }];
      return planSlots({ pools, minutes, from, until: from + 24 * 60 * MINUTE_MS }).starts.map((at) => (at - from) / (60 * MINUTE_MS));
    };
    expect(seats(180)).toEqual([9, 13.5, 14, 14.5]);
    expect(seats(240)).toEqual([13.5]);
    expect(seats(480)).toEqual([13.5]);
  });
});
