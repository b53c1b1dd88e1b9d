import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareInvoice } from './compare-invoice.ts';

const SAME = { state: 'issued' as const, invoiced: 1_000, paid: 1_000, refunded: 0, letters: [] };
const said = (changes: Partial<Parameters<typeof compareInvoice>[0]>) => compareInvoice({ ...SAME, ...changes }).differences;

describe('invoice, red letters and refunds', () => {
  it('agree', () => {
    expect(said({})).toEqual([]);
    expect(said({ refunded: 300, letters: [{ state: 'issued', reason: 'refund', amount: 300 }] })).toEqual([]);
    // Given back before it was issued.
    expect(said({ invoiced: 700, refunded: 300 })).toEqual([]);
    expect(
      said({
        refunded: 300,
        letters: [
          { state: 'lapsed', reason: 'refund', amount: 300 },
          { state: 'issued', reason: 'refund', amount: 300 },
        ],
      }),
    ).toEqual([]);
    expect(said({ state: 'reversed', letters: [{ state: 'issued', reason: 'refund', amount: 1_000 }] })).toEqual([]);
  });

  it('differ by a name', () => {
    expect(said({ refunded: 300 })).toEqual(['refund_without_letter']);
    expect(said({ refunded: 300, letters: [{ state: 'withdrawn', reason: 'refund', amount: 300 }] })).toEqual(['refund_without_letter']);
    expect(said({ refunded: 300, letters: [{ state: 'lapsed', reason: 'refund', amount: 300 }] })).toEqual(['letter_lapsed']);
    expect(said({ refunded: 300, letters: [{ state: 'raised', reason: 'refund', amount: 300 }] })).toEqual(['letter_waits']);
    expect(said({ refunded: 300, letters: [{ state: 'confirmed', reason: 'refund', amount: 200 }] })).toEqual([
      'letter_waits',
      'refund_without_letter',
    ]);
    expect(said({ letters: [{ state: 'issued', reason: 'refund', amount: 300 }] })).toEqual(['letter_without_refund']);
    expect(said({ letters: [{ state: 'raised', reason: 'refund', amount: 300 }] })).toEqual(['letter_waits', 'letter_without_refund']);
    expect(said({ letters: [{ state: 'raised', reason: 'mistake', amount: 1_000 }] })).toEqual(['letter_waits']);
    expect(said({ invoiced: 1_100 })).toEqual(['lines_differ']);
    expect(said({ invoiced: 900 })).toEqual(['lines_differ']);
  });

  it('never differ without a name', () => {
    const letters = fc.array(
      fc.record({
        state: fc.constantFrom('raised' as const, 'confirmed' as const, 'lapsed' as const, 'withdrawn' as const, 'issued' as const),
        reason: fc.constant('refund' as const),
        amount: fc.integer({ min: 1, max: 500 }),
      }),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(fc.nat(2_000), fc.nat(2_000), fc.nat(2_000), letters, (invoiced, paid, refunded, all) => {
        const { left, kept, differences } = compareInvoice({ state: 'issued', invoiced, paid, refunded, letters: all });
        if (left !== kept) expect(differences).not.toEqual([]);
      }),
    );
  });
});
