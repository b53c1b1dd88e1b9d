import { describe, expect, it } from 'vitest';
import { machineCases } from '#tests/support/machine-cases.ts';
import { next, ORDER, PAYMENT, stateOf } from './machines.ts';

machineCases('order', ORDER);
machineCases('payment', PAYMENT);

describe('next', () => {
  it('walks an order from request to booking', () => {
    const end = (['accept', 'expire', 'pay_late'] as const).reduce<string | undefined>(
      (state, event) => state && next<string, string>(ORDER, state, event),
      'requested',
    );
    expect(end).toBe('confirmed');
  });

  it('takes an order at work for a confirmed one', () => {
    expect((['confirmed', 'received', 'in_service', 'reported', 'closed'] as const).map(stateOf)).toEqual(Array(5).fill('confirmed'));
    for (const state of Object.keys(ORDER.moves) as (keyof typeof ORDER.moves)[]) expect(stateOf(state)).toBe(state);
  });

  it('answers nothing for events a state does not know, inherited names among them', () => {
    expect(next(ORDER, 'declined', 'cancel')).toBeUndefined();
    expect(next(ORDER, 'cancelled', 'pay_late')).toBeUndefined();
    expect(next<string, string>(ORDER, 'held', 'toString')).toBeUndefined();
  });
});
