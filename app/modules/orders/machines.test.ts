import { describe, expect, it } from 'vitest';
import { type Machine, next, ORDER, PAYMENT, stateOf } from './machines.ts';

const machines: [string, Machine<string, string>][] = [
  ['order', ORDER],
  ['payment', PAYMENT],
];

describe.each(machines)('the %s machine', (_, machine) => {
  const states = Object.keys(machine.moves);

  it('knows every state it leads to', () => {
    for (const moves of Object.values(machine.moves)) for (const target of Object.values(moves)) expect(states).toContain(target);
    for (const state of [...machine.start, ...machine.terminal]) expect(states).toContain(state);
  });

  it('reaches every state', () => {
    const reached = new Set<string>(machine.start);
    for (const state of reached) for (const target of Object.values(machine.moves[state] ?? {})) if (target) reached.add(target);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('names exactly the states nothing leads out of', () => {
    const ends = states.filter((state) => Object.keys(machine.moves[state] ?? {}).length === 0);
    expect([...machine.terminal].sort()).toEqual(ends.sort());
  });
});

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
