import { randomBytes, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';
import { Problem } from './problem.ts';

/** Asking the system for sixteen bytes takes as long as asking it for four thousand: a booking has ten identifiers. */
const pool = new Uint8Array(4096);
let used = pool.length;
function random(count: number): Uint8Array {
  if (used + count > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  used += count;
  return pool.subarray(used - count, used);
}

let msecs = 0;
let seq = 0;

/** Time-ordered identifier (UUIDv7), the same text on both engines; what one process makes in one millisecond is in order too. */
export function newId(): string {
  const bytes = random(16);
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // Room above for what follows in the same millisecond.
    seq = ((bytes[6]! & 0x7f) << 23) | (bytes[7]! << 16) | (bytes[8]! << 8) | bytes[9]!;
  } else seq += 1;
  return v7({ random: bytes, msecs, seq });
}

/** Crockford's base 32: no I, L, O, U, so that a number read aloud is written down right. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A public number, short, readable and not guessable (40 bits): `HJ-7K2M-Q9XD`. */
export function publicNumber(prefix: string): string {
  const letters = Array.from(random(8), (byte) => ALPHABET[byte % 32]);
  return `${prefix}-${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`;
}

/** A secret for a link or a cookie: 160 bits, URL-safe. Only its hash is stored. */
export const newSecret = (): string => randomBytes(20).toString('base64url');

/** An id or slug as somebody sent it. PostgreSQL will not even look for a text with a NUL in it. @throws Problem not_found for what can be none */
export function asId(text: string): string {
  if (!/^[\w-]{1,120}$/.test(text)) throw new Problem('not_found');
  return text;
}
