import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MoneyFacts, moneyStanding } from './money-standing.ts';

const PAID: MoneyFacts = {
  order: { progress: 'confirmed', payment: 'paid', dispute: 'none' },
  payment: { amount: 10_000, paidAt: 5 },
  refunds: [],
  payout: null,
};
const of = (change: Partial<MoneyFacts>, order: Partial<MoneyFacts['order']> = {}) =>
  moneyStanding({ ...PAID, ...change, order: { ...PAID.order, ...order } });

describe('where the money of an order is', () => {
  it('is with the institution from the payment until the work is accepted, and waits to be shared out then', () => {
    for (const progress of ['confirmed', 'received', 'in_service', 'reported'] as const)
      expect(of({}, { progress })).toEqual({ kind: 'held', amount: 10_000, at: 5 });
    expect(of({}, { progress: 'closed' })).toEqual({ kind: 'due', amount: 10_000 });
    expect(of({ payout: { state: 'pending', amount: 10_000, at: 8 } }, { progress: 'closed' }).kind).toBe('due');
    expect(of({ payout: { state: 'transferred', amount: 9_000, at: 8 } }, { progress: 'closed' })).toEqual({
      kind: 'paid_out',
      amount: 9_000,
      at: 8,
    });
  });

  it('is awaited before the payment, and nothing of it is spoken of where none came', () => {
    const unpaid = { payment: null };
    expect(of(unpaid, { progress: 'held', payment: 'unpaid' }).kind).toBe('awaited');
    expect(of(unpaid, { progress: 'held', payment: 'processing' }).kind).toBe('processing');
    expect(of(unpaid, { progress: 'expired', payment: 'unpaid' }).kind).toBe('nothing');
  });

  it('is what a refund leaves; one that failed leaves it all', () => {
    const back = (state: 'pending' | 'succeeded' | 'failed' | 'void', amount: number) =>
      of({ refunds: [{ amount, state }] }, { progress: 'cancelled' });
    expect(back('succeeded', 4_000)).toEqual({ kind: 'due', amount: 6_000 });
    expect(back('pending', 10_000)).toEqual({ kind: 'returned' });
    expect(back('failed', 10_000)).toEqual({ kind: 'due', amount: 10_000 });
  });

  it('waits for the bank while it is disputed, and is gone when the bank gave it back', () => {
    expect(of({}, { dispute: 'open' })).toEqual({ kind: 'disputed' });
    expect(of({}, { dispute: 'lost' })).toEqual({ kind: 'charged_back' });
    expect(of({}, { dispute: 'won' }).kind).toBe('held');
  });

  it('is never more than was paid, nor less than nothing', () => {
    const refund = fc.record({
      amount: fc.nat(20_000),
      state: fc.constantFrom('pending' as const, 'succeeded' as const, 'failed' as const),
    });
    fc.assert(
      fc.property(fc.array(refund), (refunds) => {
        const standing = of({ refunds });
        if (!('amount' in standing)) return;
        expect(standing.amount).toBeGreaterThan(0);
        expect(standing.amount).toBeLessThanOrEqual(10_000);
      }),
    );
  });
});
