import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCharacter, normalTaxId, taxIdFault } from './tax-id.ts';

const CHARACTERS = [...'0123456789ABCDEFGHJKLMNPQRTUWXY'];
const body = fc.array(fc.constantFrom(...CHARACTERS), { minLength: 17, maxLength: 17 }).map((all) => all.join(''));
const code = body.map((start) => start + checkCharacter(start));

describe('tax id', () => {
  // By hand: 1·1 + 1·3 = 4, 31 − 4 = 27, which is U (T is 26: there is no S and no V).
  it('has the check character of the standard', () => {
    expect(checkCharacter(`11${'0'.repeat(15)}`)).toBe('U');
    expect(checkCharacter('0'.repeat(17))).toBe('0');
    // Y is 30; its weight at the second place is 3: 90 mod 31 is 28, 31 − 28 = 3.
    expect(checkCharacter(`0Y${'0'.repeat(15)}`)).toBe('3');
  });

  it('is accepted as it is pasted', () => {
    expect(normalTaxId(' 11000000 00000000 0u\u200b')).toBe('11000000000000000U');
    expect(normalTaxId('１１０００００００００００００００ｕ')).toBe('11000000000000000U');
    expect(normalTaxId('1100-0000-0000-0000-0U')).toBe('11000000000000000U');
    expect(taxIdFault('11000000000000000U')).toBeNull();
  });

  it('says what is wrong', () => {
    expect(taxIdFault('')).toBe('length');
    expect(taxIdFault('110000000000000')).toBe('length');
    for (const letter of 'IOSVZ') expect(taxIdFault(`1100000000000000${letter}U`)).toBe('character');
    expect(taxIdFault('1100000000000000号U')).toBe('character');
    expect(taxIdFault('110000000000000000')).toBe('check');
  });

  it('finds every single wrong character', () => {
    fc.assert(
      fc.property(code, fc.nat(17), fc.constantFrom(...CHARACTERS), (whole, at, other) => {
        expect(taxIdFault(whole)).toBeNull();
        const changed = whole.slice(0, at) + other + whole.slice(at + 1);
        expect(taxIdFault(changed)).toBe(other === whole[at] ? null : 'check');
      }),
    );
  });

  it('finds every two neighbours that changed places', () => {
    fc.assert(
      fc.property(code, fc.nat(16), (whole, at) => {
        const changed = whole.slice(0, at) + whole.charAt(at + 1) + whole.charAt(at) + whole.slice(at + 2);
        expect(taxIdFault(changed)).toBe(changed === whole ? null : 'check');
      }),
    );
  });
});
