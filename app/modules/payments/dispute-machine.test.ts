import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Machine } from '#app/modules/orders/machines.ts';
import type { DisputeState } from '#db/schema/payments.ts';
import { DISPUTE, PAYOUT, standingOf } from './dispute-machine.ts';

describe.each([
  ['dispute', DISPUTE],
  ['payout', PAYOUT],
] as [string, Machine<string, string>][])('the %s machine', (_, machine) => {
  const states = Object.keys(machine.moves);

  it('knows every state it leads to, and reaches every one', () => {
    const reached = new Set<string>(machine.start);
    for (const state of reached) for (const target of Object.values(machine.moves[state] ?? {})) if (target) reached.add(target);
    expect([...reached].sort()).toEqual([...states].sort());
  });

  it('names exactly the states nothing leads out of', () => {
    const ends = states.filter((state) => Object.keys(machine.moves[state] ?? {}).length === 0);
    expect([...machine.terminal].sort()).toEqual(ends.sort());
  });
});

describe('the disputes of one order', () => {
  const some = fc.array(fc.constantFrom<DisputeState>('open', 'won', 'lost'), { maxLength: 6 });

  it('stand together as lost once one is lost, as open while one is open, as won when all are', () => {
    fc.assert(
      fc.property(some, (states) => {
        const standing = standingOf(states);
        expect(standing === 'lost').toBe(states.includes('lost'));
        expect(standing === 'open').toBe(states.includes('open') && !states.includes('lost'));
        expect(standing === 'won').toBe(states.length > 0 && states.every((state) => state === 'won'));
        expect(standing === 'none').toBe(states.length === 0);
        expect(standingOf(states.toReversed())).toBe(standing);
      }),
    );
  });
});
