/** The unified social credit code (统一社会信用代码, GB 32100-2015), which is a firm's tax id (税号). */

/** Digits and letters without I, O, S, V and Z; a character's value is its place. */
const CHARACTERS = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const LENGTH = 18;

export type TaxIdFault = 'length' | 'character' | 'check';

/** As it is kept: people paste it with spaces, hyphens, small letters and full-width characters. */
export const normalTaxId = (typed: string): string =>
  typed
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff\p{Pd}]/gu, '')
    .toUpperCase();

/** The last character, from the seventeen before it: weights are powers of 3, all modulo 31. */
export function checkCharacter(body: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of body) {
    sum += CHARACTERS.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CHARACTERS.charAt((31 - (sum % 31)) % 31);
}

/** What is wrong with a code that has been brought to its normal form; null where nothing is. */
export function taxIdFault(code: string): TaxIdFault | null {
  if (code.length !== LENGTH) return 'length';
  if ([...code].some((character) => !CHARACTERS.includes(character))) return 'character';
  return checkCharacter(code.slice(0, -1)) === code.slice(-1) ? null : 'check';
}
