import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bookingMinutes, cellsFor } from './duration.ts';

describe('length of a booking', () => {
  const rule = { setUpMinutes: 20, minutesPerItem: 25, maxQuantity: 12 };

  it('adds set-up once and time per item', () => {
    expect(bookingMinutes(rule, 1)).toEqual({ ok: true, minutes: 45 });
    expect(bookingMinutes(rule, 12)).toEqual({ ok: true, minutes: 320 });
    expect(bookingMinutes({ setUpMinutes: 0, minutesPerItem: 0, maxQuantity: 1 }, 1)).toEqual({ ok: true, minutes: 1 });
  });

  it('refuses quantities it cannot book, and says why', () => {
    const problem = (quantity: number) => {
      const result = bookingMinutes(rule, quantity);
      return result.ok ? null : result.problem;
    };
    expect([0, -3].map(problem)).toEqual(['quantity_too_small', 'quantity_too_small']);
    expect([1.5, Number.NaN, Number.POSITIVE_INFINITY].map(problem)).toEqual(Array(3).fill('quantity_not_whole'));
    expect(problem(13)).toBe('quantity_too_large');
    expect(bookingMinutes({ setUpMinutes: 0, minutesPerItem: 86_401, maxQuantity: 9 }, 1)).toMatchObject({ problem: 'duration_too_long' });
  });

  it('rounds up to whole cells and never by more than one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.constantFrom(5, 15, 30, 60), (minutes, grid) => {
        const held = cellsFor(minutes, grid) * grid;
        return held >= minutes && held - minutes < grid;
      }),
    );
  });
});
