import { describe, expect, it } from 'vitest';
import type { BookingWindow } from './booking-window.ts';
import { dayNumber, MINUTE_MS } from './local-day.ts';
import type { PoolFacts } from './slot-search.ts';
import { type WeekQuestion, weekStart, weekView } from './week-view.ts';
import { closureDays, type PoolCalendar } from './working-calendar.ts';

const DAY = [
  { from: 540, until: 720 },
  { from: 810, until: 1050 },
];
const OFFICE: PoolCalendar = {
  zone: 'Asia/Shanghai',
  weekly: { 1: DAY, 2: DAY, 3: DAY, 4: DAY, 5: DAY },
  keepsPublicHolidays: true,
  closures: [],
};
const at = (text: string) => Date.parse(`${text}+08:00`);
const cells = (from: string, until: string) => {
  const [first, last] = [at(from), at(until)].map((ms) => ms / (30 * MINUTE_MS)) as [number, number];
  return Int32Array.from({ length: last - first }, (_, i) => first + i);
};
const pool = (busy: Int32Array = new Int32Array(), calendar = OFFICE): PoolFacts => ({
  id: 'benches',
  gridMinutes: 30,
  calendar,
  resources: [{ id: 'a', busy }],
});
const window = (from: string, until: string): BookingWindow => ({ from: at(from), until: at(until), unconfirmedYears: [] });
const ask = (more: Partial<WeekQuestion>): WeekQuestion => ({
  pools: [pool()],
  minutes: 60,
  now: at('2026-11-20T10:00'),
  window: window('2026-11-20T10:00', '2027-01-01T00:00'),
  firstDay: '2026-11-23',
  days: 7,
  ...more,
});
const reasons = (question: WeekQuestion) => weekView(question).days.map((day) => day.none?.kind ?? day.starts.length);

describe('week view', () => {
  it('shows the starts of every day with their local time', () => {
    const view = weekView(ask({}));
    expect(view.zone).toBe('Asia/Shanghai');
    expect(view.days.map((day) => [day.day, day.weekday])).toEqual([23, 24, 25, 26, 27, 28, 29].map((d, i) => [`2026-11-${d}`, i + 1]));
    expect(view.days[0]?.starts.map((start) => start.minute)).toEqual([540, 570, 600, 630, 660, 810, 840, 870, 900, 930, 960, 990]);
    expect(view.days[0]?.starts[0]).toEqual({ at: at('2026-11-23T09:00'), until: at('2026-11-23T10:00'), minute: 540 });
    expect(reasons(ask({}))).toEqual([12, 12, 12, 12, 12, 'closed_weekday', 'closed_weekday']);
    expect(reasons(ask({ days: 3, firstDay: '2026-11-27' }))).toEqual([12, 'closed_weekday', 'closed_weekday']);
  });

  it('says when a job ends that runs on over nights and days off', () => {
    const friday = weekView(ask({ minutes: 20 * 60, firstDay: '2026-11-27', days: 1 })).days[0];
    for (const start of friday?.starts ?? []) expect(start.until).toBeGreaterThan(at('2026-11-30T00:00'));
    expect(friday?.starts.length).toBeGreaterThan(0);
  });

  it('says which holiday closes a day and what a make-up day makes up for', () => {
    const far = { window: window('2026-09-01T00:00', '2026-12-01T00:00'), now: at('2026-09-01T00:00') };
    const view = weekView(ask({ ...far, firstDay: '2026-10-05' }));
    expect(view.days[0]?.none).toEqual({
      kind: 'holiday',
      special: { date: '2026-10-05', kind: 'holiday', nameZh: '国庆节', nameEn: 'National Day' },
    });
    expect(view.days[5]).toMatchObject({ none: null, special: { kind: 'make_up', nameZh: '国庆节' } });
    expect(view.days[5]?.starts).toHaveLength(12);
  });

  it('says which closure closes a day, and shows one that shortens it', () => {
    const moving = closureDays(OFFICE.zone, dayNumber('2026-11-24'), dayNumber('2026-11-24'), '搬迁', 'Moving');
    const outage = { from: at('2026-11-25T09:00'), until: at('2026-11-25T12:00'), reasonZh: '停电', reasonEn: 'Power cut' };
    const view = weekView(ask({ pools: [pool(undefined, { ...OFFICE, closures: [moving, outage] })] }));
    expect(view.days[1]?.none).toEqual({ kind: 'closure', closure: moving });
    expect(view.days[2]?.starts).toHaveLength(7);
    expect(view.days[2]?.closures).toEqual([outage]);
  });

  it('tells a full day from one whose hours cannot hold the job', () => {
    // An hour is too little to begin with what takes four.
    const fridays = { ...OFFICE, weekly: { ...OFFICE.weekly, 5: [{ from: 540, until: 600 }] } };
    const full = pool(cells('2026-11-24T00:00', '2026-11-25T00:00'), fridays);
    expect(reasons(ask({ pools: [full], minutes: 240 })).slice(0, 5)).toEqual([5, 'full', 10, 10, 'too_short']);
    expect(reasons(ask({ pools: [{ ...pool(), resources: [] }] }))[0]).toBe('full');
  });

  it('tells past, lead time and horizon apart', () => {
    const now = at('2026-11-24T16:45');
    const inTime = { now, window: window('2026-11-26T00:00', '2026-11-27T00:00') };
    expect(reasons(ask(inTime)).slice(0, 5)).toEqual(['past', 'past', 'before_lead_time', 12, 'beyond_horizon']);
    // Whatever closed it then, a day that is over is past.
    expect(reasons(ask({ ...inTime, firstDay: '2026-11-21', days: 4 }))).toEqual(['past', 'past', 'past', 'past']);
    // The rest of the day is taken, not over.
    const taken = pool(cells('2026-11-24T15:00', '2026-11-24T18:00'));
    const today = { now: at('2026-11-24T14:50'), window: window('2026-11-24T14:50', '2026-12-01T00:00') };
    expect(reasons(ask({ ...today, pools: [taken] }))[1]).toBe('full');
    expect(reasons(ask({ ...today, firstDay: '2027-06-07' }))[0]).toBe('beyond_horizon');
  });

  it('names the reason of the pool that is closed when several are needed', () => {
    const onlyMondays = {
      ...pool(undefined, { ...OFFICE, weekly: { 1: DAY } }),
      id: 'standards',
      resources: [{ id: 's', busy: new Int32Array() }],
    };
    expect(reasons(ask({ pools: [pool(), onlyMondays] })).slice(0, 3)).toEqual([12, 'closed_weekday', 'closed_weekday']);
  });

  it('keeps to the local day where clocks change', () => {
    const sundays = { ...OFFICE, zone: 'Europe/Berlin', weekly: { 7: [{ from: 0, until: 240 }] }, keepsPublicHolidays: false };
    const view = (firstDay: string) =>
      weekView(
        ask({ pools: [pool(undefined, sundays)], firstDay, days: 1, now: 0, window: { from: 0, until: 4e12, unconfirmedYears: [] } }),
      );
    expect(view('2026-03-29').days[0]?.starts.map((s) => s.minute)).toEqual([0, 30, 60, 90, 180]);
    expect(view('2026-10-25').days[0]?.starts.map((s) => s.minute)).toEqual([0, 30, 60, 90, 120, 150, 120, 150, 180]);
  });

  it('knows the Monday of a moment in the zone', () => {
    expect(weekStart('Asia/Shanghai', Date.parse('2026-11-29T15:59Z'))).toBe('2026-11-23');
    expect(weekStart('Asia/Shanghai', Date.parse('2026-11-29T16:00Z'))).toBe('2026-11-30');
  });
});
