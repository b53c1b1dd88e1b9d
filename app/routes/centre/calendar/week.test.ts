import { describe, expect, it } from 'vitest';
import { place, shownHours } from './week.ts';

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
});
