import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RedLetterState } from '#db/schema/invoices.ts';
import { LAPSE_MS, leftToTakeBack, nextRedLetterState } from './red-letter-machine.ts';

const raised = { state: 'raised' as RedLetterState, raisedAt: 1_000, invoiceUsed: true };
const END = 1_000 + LAPSE_MS;

describe('red letter', () => {
  it('of a used invoice waits for the other side, for 72 hours', () => {
    expect(nextRedLetterState(raised, 'issue', 2_000)).toBeNull();
    expect(nextRedLetterState(raised, 'lapse', END - 1)).toBeNull();
    expect(nextRedLetterState(raised, 'confirm', END - 1)).toBe('confirmed');
    expect(nextRedLetterState(raised, 'confirm', END)).toBeNull();
    expect(nextRedLetterState(raised, 'lapse', END)).toBe('lapsed');
  });

  it('is issued once it is confirmed, also after the 72 hours', () => {
    expect(nextRedLetterState({ ...raised, state: 'confirmed' }, 'issue', END + 1)).toBe('issued');
    expect(nextRedLetterState({ ...raised, state: 'confirmed' }, 'lapse', END + 1)).toBeNull();
  });

  it('of an unused invoice is issued by the seller alone and does not lapse', () => {
    const alone = { ...raised, invoiceUsed: false };
    expect(nextRedLetterState(alone, 'issue', END + 1)).toBe('issued');
    expect(nextRedLetterState(alone, 'confirm', 2_000)).toBeNull();
    expect(nextRedLetterState(alone, 'lapse', END + 1)).toBeNull();
  });

  it('is withdrawn by who raised it while nobody has confirmed it', () => {
    expect(nextRedLetterState(raised, 'withdraw', 2_000)).toBe('withdrawn');
    expect(nextRedLetterState(raised, 'withdraw', END)).toBeNull();
    expect(nextRedLetterState({ ...raised, invoiceUsed: false }, 'withdraw', END)).toBe('withdrawn');
    expect(nextRedLetterState({ ...raised, state: 'confirmed' }, 'withdraw', 2_000)).toBeNull();
  });

  it('that lapsed, was withdrawn or was issued stays so', () => {
    for (const state of ['lapsed', 'withdrawn', 'issued'] as const)
      for (const event of ['confirm', 'lapse', 'withdraw', 'issue'] as const)
        for (const invoiceUsed of [true, false]) expect(nextRedLetterState({ ...raised, state, invoiceUsed }, event, END + 1)).toBeNull();
  });

  it('that lapsed or was withdrawn leaves its amount to another', () => {
    expect(leftToTakeBack(1_000, [{ state: 'withdrawn', amount: 400 }])).toBe(1_000);
    expect(leftToTakeBack(1_000, [])).toBe(1_000);
    expect(leftToTakeBack(1_000, [{ state: 'lapsed', amount: 400 }])).toBe(1_000);
    expect(
      leftToTakeBack(1_000, [
        { state: 'lapsed', amount: 400 },
        { state: 'raised', amount: 400 },
        { state: 'issued', amount: 600 },
      ]),
    ).toBe(0);
  });

  it('is in exactly one state at any time: confirming and lapsing never both fit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 * LAPSE_MS }), (now) => {
        const both = [nextRedLetterState(raised, 'confirm', now), nextRedLetterState(raised, 'lapse', now)];
        expect(both.filter((state) => state !== null)).toHaveLength(1);
      }),
    );
  });
});
