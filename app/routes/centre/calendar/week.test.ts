import { describe, expect, it } from 'vitest';
import { hourRow, namedHours, place, shownHours } from './week.ts';

const HOUR = 3_600_000;
const hours = { from: 8, until: 18 };

describe('a day as a strip', () => {
  it('places a stretch by its share of the hours shown', () => {
    expect(place({ from: 9 * HOUR, until: 12 * HOUR }, 0, hours)).toEqual({ left: 10, width: 30 });
  });

  it('cuts what begins before and ends after', () => {
    expect(place({ from: -3 * HOUR, until: 40 * HOUR }, 0, hours)).toEqual({ left: 0, width: 100 });
  });

  it('leaves out what lies elsewhere', () => {
    expect(place({ from: 19 * HOUR, until: 20 * HOUR }, 0, hours)).toBeUndefined();
    expect(place({ from: 9 * HOUR, until: 10 * HOUR }, 24 * HOUR, hours)).toBeUndefined();
  });

  it('shows the hours a pool is ever open, and never less than a working day', () => {
    const pool = (open: { from: number; until: number }[]) => ({ hours: [{ open }] }) as unknown as Parameters<typeof shownHours>[0];
    expect(shownHours(pool([]), [0])).toEqual({ from: 9, until: 17 });
    expect(shownHours(pool([{ from: 0, until: 24 * HOUR }]), [0])).toEqual({ from: 0, until: 24 });
    expect(shownHours(pool([{ from: 8.5 * HOUR, until: 18 * HOUR }]), [0])).toEqual({ from: 8, until: 18 });
  });

  it('names the hours there is room for, round ones, and where the day begins', () => {
    expect(namedHours({ from: 9, until: 17 }, 7)).toEqual([10, 12, 14, 16]);
    expect(namedHours({ from: 8, until: 18 }, 7)).toEqual([9, 12, 15]);
    expect(namedHours({ from: 7, until: 22 }, 7)).toEqual([7, 12, 18]);
    expect(namedHours({ from: 0, until: 24 }, 7)).toEqual([0, 6, 12, 18]);
    expect(namedHours({ from: 9, until: 17 }, 1)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17]);
    expect(namedHours({ from: 0, until: 24 }, 1)).toHaveLength(25);
  });

  it('has one row of hours for all its days', () => {
    expect(hourRow({ from: 8, until: 18 }, 7).match(/class="hours"/g)).toHaveLength(7);
    expect(hourRow({ from: 8, until: 18 }, 7)).toContain('<i style="left:40%">12</i>');
  });
});
