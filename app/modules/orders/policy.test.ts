import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullRefundUntil, mayCancel, type PaidOrder, refundDue } from './policy.ts';

const START = Date.UTC(2026, 11, 1, 1);
const HOUR = 3_600_000;
const ORDER: PaidOrder = {
  progress: 'confirmed',
  workBegunAt: null,
  payment: 'paid',
  dispute: 'none',
  startAt: START,
  gross: 218_361,
  refunded: 0,
  cancelPolicy: { fullHours: 48, lateBasisPoints: 5_000 },
};

describe('what comes back', () => {
  it('is everything up to the last full hour, and a part one millisecond later', () => {
    const until = fullRefundUntil(START, ORDER.cancelPolicy);
    expect(until).toBe(START - 48 * HOUR);
    expect(refundDue(ORDER, { by: 'buyer', at: until })).toEqual({ amount: 218_361, reason: 'in_time' });
    expect(refundDue(ORDER, { by: 'buyer', at: until + 1 })).toEqual({ amount: 109_181, reason: 'late' });
  });

  it('is nothing once the time has come or the work has begun', () => {
    expect(refundDue(ORDER, { by: 'buyer', at: START })).toEqual({ amount: 0, reason: 'begun' });
    expect(refundDue({ ...ORDER, progress: 'in_service', workBegunAt: 1 }, { by: 'buyer', at: START - 99 * HOUR }).amount).toBe(0);
  });

  it('is everything that is left when the centre cancels, whenever it does', () => {
    expect(
      refundDue({ ...ORDER, progress: 'in_service', refunded: 361, payment: 'part_refunded' }, { by: 'centre', at: START + HOUR }),
    ).toEqual({
      amount: 218_000,
      reason: 'by_centre',
    });
  });

  it('is nothing of what was never paid, or has gone back already', () => {
    for (const payment of ['unpaid', 'processing', 'refunded'] as const)
      expect(refundDue({ ...ORDER, payment }, { by: 'centre', at: 0 }).amount).toBe(0);
  });

  it('is never more than what is left, and never negative', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10_000_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: -100, max: 100 }),
        fc.constantFrom('buyer', 'centre'),
        (gross, share, lateBasisPoints, hours, by) => {
          const refunded = Math.floor(gross * share);
          const order = { ...ORDER, gross, refunded, cancelPolicy: { fullHours: 24, lateBasisPoints } };
          const { amount } = refundDue(order, { by, at: START + hours * HOUR });
          expect(amount).toBeGreaterThanOrEqual(0);
          expect(amount).toBeLessThanOrEqual(gross - refunded);
        },
      ),
    );
  });

  it('goes with who may cancel when', () => {
    expect(mayCancel({ progress: 'received', workBegunAt: null }, 'buyer')).toBe(true);
    expect(mayCancel({ progress: 'in_service', workBegunAt: 1 }, 'buyer')).toBe(false);
    // One of its pieces is being worked on, another is still waited for.
    expect(mayCancel({ progress: 'confirmed', workBegunAt: 1 }, 'buyer')).toBe(false);
    expect(mayCancel({ progress: 'in_service', workBegunAt: 1 }, 'centre')).toBe(true);
    expect(mayCancel({ progress: 'requested', workBegunAt: null }, 'centre')).toBe(false);
    for (const ended of ['reported', 'closed', 'cancelled', 'expired', 'declined'] as const)
      for (const side of ['buyer', 'centre'] as const) expect(mayCancel({ progress: ended, workBegunAt: null }, side)).toBe(false);
  });
});
