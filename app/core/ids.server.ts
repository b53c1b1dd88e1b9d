import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** Time-ordered identifier (UUIDv7), the same text on both engines. */
export const newId = (): string => v7();

/** Crockford's base 32: no I, L, O, U, so that a number read aloud is written down right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A public number, short, readable and not guessable (40 bits): `HJ-7K2M-Q9XD`. */
export function publicNumber(prefix: string): string {
  const letters = Array.from(randomBytes(8), (byte) => ALPHABET[byte % 32]);
  return `${prefix}-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** A secret for a link or a cookie: 160 bits, URL-safe. Only its hash is stored. */
export const newSecret = (): string => randomBytes(20).toString('base64url');
