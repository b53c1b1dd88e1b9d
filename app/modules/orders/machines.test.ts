import { describe, expect, it } from 'vitest';
import { DISPUTE, type Machine, next, PAYMENT, PAYOUT, PROGRESS } from './machines.ts';

const machines: [string, Machine<string, string>][] = [
  ['progress', PROGRESS],
  ['payment', PAYMENT],
  ['payout', PAYOUT],
  ['dispute', DISPUTE],
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
  it('walks an order from hold to close', () => {
    const end = (['pay', 'receive', 'begin', 'report', 'close'] as const).reduce<string | undefined>(
      (state, event) => state && next<string, string>(PROGRESS, state, event),
      'held',
    );
    expect(end).toBe('closed');
  });

  it('answers nothing for events a state does not know, inherited names among them', () => {
    expect(next(PROGRESS, 'reported', 'cancel')).toBeUndefined();
    expect(next(PROGRESS, 'cancelled', 'pay_late')).toBeUndefined();
    expect(next<string, string>(PROGRESS, 'held', 'toString')).toBeUndefined();
  });
});
