import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DisputeState } from '#db/schema/payments.ts';
import { machineCases } from '#tests/support/machine-cases.ts';
import { DISPUTE, PAYOUT, standingOf } from './dispute-machine.ts';

machineCases('dispute', DISPUTE);
machineCases('payout', PAYOUT);

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
