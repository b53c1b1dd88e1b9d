import { describe, expect, it } from 'vitest';
import { chooseResources } from './choose-resources.ts';
import { DAY_MS, MINUTE_MS } from './local-day.ts';
import { earliestStart, findStarts, type PoolFacts, planSlots, searchReach } from './slot-search.ts';
import type { PoolCalendar } from './working-calendar.ts';

const OFFICE: PoolCalendar = {
  zone: 'Asia/Shanghai',
  weekly: Object.fromEntries(
    [1, 2, 3, 4, 5].map((d) => [
      d,
      [
        { from: 540, until: 720 },
        { from: 810, until: 1050 },
      ],
    ]),
  ),
  keepsPublicHolidays: true,
  closures: [],
};
const at = (text: string) => Date.parse(`${text}+08:00`);
const cell = (text: string) => at(text) / (30 * MINUTE_MS);
const bench = (id: string, ...busy: string[]) => ({ id, busy: Int32Array.from(busy.map(cell)).sort() });
const pool = (...resources: PoolFacts['resources'][number][]): PoolFacts => ({
  id: 'benches',
  gridMinutes: 30,
  calendar: OFFICE,
  resources,
});

describe('a job longer than any stretch', () => {
  it('runs on over the break, the night, the holiday and into the make-up day, on one resource', () => {
    // Tuesday 30 September 2025 to 12 October: holiday 1–8 October, Saturday 11 October made up.
    const query = { pools: [pool(bench('a'))], minutes: 10 * 60, from: at('2025-09-30T14:00'), until: at('2025-09-30T14:30') };
    const plan = planSlots(query);
    expect(plan).toMatchObject({ starts: [at('2025-09-30T14:00')], layouts: [{ places: expect.any(Int32Array) }] });
    const choice = chooseResources(plan, at('2025-09-30T14:00'));
    // 3.5 h on the day before the holiday, 6.5 h of the 7 on the day after it.
    expect(choice?.until).toBe(at('2025-10-09T17:00'));
    expect(choice?.picks[0]?.cells).toHaveLength(20);
  });

  it('begins no later than an hour and a half before a break, and a shorter job is never cut', () => {
    const day = { pools: [pool(bench('a'))], from: at('2026-11-23T00:00'), until: at('2026-11-24T00:00') };
    const begun = ['09:00', '09:30', '10:00', '10:30', '13:30', '14:00', '14:30', '15:00', '15:30', '16:00'].map((time) =>
      at(`2026-11-23T${time}`),
    );
    for (const minutes of [90, 4 * 60, 10 * 60]) expect(findStarts({ ...day, minutes })).toEqual(begun);
    expect(planSlots({ ...day, minutes: 90 }).layouts).toMatchObject([{ places: null }]);
  });

  it('lies in one stretch where there is one, though it may run on elsewhere', () => {
    const plan = planSlots({ pools: [pool(bench('a'))], minutes: 4 * 60, from: at('2026-11-23T00:00'), until: at('2026-11-24T00:00') });
    expect(chooseResources(plan, at('2026-11-23T13:30'))?.until).toBe(at('2026-11-23T17:30'));
    expect(chooseResources(plan, at('2026-11-23T10:00'))?.until).toBe(at('2026-11-23T15:30'));
  });

  it('is not sold on a pool that closes for good', () => {
    const closure = { from: at('2026-11-25T00:00'), until: at('2030-01-01T00:00'), reasonZh: '停业', reasonEn: 'Closed' };
    const closing = { ...pool(bench('a')), calendar: { ...OFFICE, closures: [closure] } };
    const query = { pools: [closing], minutes: 20 * 60, from: at('2026-11-23T00:00'), until: at('2026-12-23T00:00') };
    expect(findStarts(query)).toEqual([]);
  });
});

describe('the end of the window', () => {
  it('sees claims that only the last job would meet, a day and more behind it', () => {
    const always = Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map((d) => [d, [{ from: 0, until: 1440 }]]));
    const nonstop = { ...pool(bench('a')), calendar: { ...OFFICE, weekly: always, keepsPublicHolidays: false } };
    const query = { pools: [nonstop], minutes: 40 * 60, from: at('2026-11-23T00:00'), until: at('2026-11-24T00:00') };
    expect(planSlots(query).layouts[0]).toMatchObject({ places: null });
    expect(findStarts(query)).toHaveLength(48);
    const late = { ...nonstop, resources: [bench('a', '2026-11-25T15:00')] };
    expect(findStarts({ ...query, pools: [late] }).at(-1)).toBe(at('2026-11-23T23:00'));
    expect(searchReach(query).until).toBeGreaterThanOrEqual(at('2026-11-25T15:30'));
  });
});

describe('choice of resources', () => {
  it('fills the tightest gap and keeps long stretches whole', () => {
    const tight = bench('tight', '2026-11-23T09:00', '2026-11-23T10:30');
    const plan = planSlots({
      pools: [pool(bench('idle'), tight, bench('also-tight', '2026-11-23T09:00', '2026-11-23T10:30'))],
      minutes: 60,
      from: at('2026-11-23T09:30'),
      until: at('2026-11-23T10:00'),
    });
    expect(chooseResources(plan, at('2026-11-23T09:30'))?.picks[0]?.resourceId).toBe('tight');
  });
});

describe('bad questions', () => {
  const good = { pools: [pool(bench('a'))], minutes: 30, from: 0, until: DAY_MS };
  it('refuses them', () => {
    expect(() => findStarts({ ...good, pools: [] })).toThrow(RangeError);
    expect(() => earliestStart({ ...good, pools: [] })).toThrow(RangeError);
    for (const minutes of [0, -30, 1.5, Number.NaN]) expect(() => findStarts({ ...good, minutes })).toThrow(RangeError);
    expect(() => findStarts({ ...good, until: 401 * DAY_MS })).toThrow(RangeError);
    expect(() => findStarts({ ...good, until: Number.NaN })).toThrow(RangeError);
    expect(() => findStarts({ ...good, pools: [{ ...pool(bench('a')), gridMinutes: 7 }] })).toThrow(RangeError);
    expect(() => findStarts({ ...good, pools: [pool(bench('a')), pool(bench('a'))] })).toThrow('two pools');
  });
  it('finds nothing in an empty window or without resources', () => {
    expect(findStarts({ ...good, from: DAY_MS, until: DAY_MS })).toEqual([]);
    expect(findStarts({ ...good, from: 2 * DAY_MS, until: DAY_MS })).toEqual([]);
    expect(findStarts({ ...good, pools: [pool()] })).toEqual([]);
  });
});
