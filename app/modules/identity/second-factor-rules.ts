/** The code of an authenticator: who must have one, and which code counts. */
import { Secret, TOTP } from 'otpauth';
import type { Role } from '#db/schema/identity.ts';

/** Whoever runs the platform, and whoever signs certificates: what they do, others rely on. */
export const mustHaveSecondFactor = ({ operator, roles }: { operator: boolean; roles: readonly Role[] }): boolean =>
  operator || roles.includes('signatory');

const STEP_MS = 30_000;
/** RFC 6238, 5.2: one step either way for clocks that differ and fingers that take their time. */
const WINDOW = 1;
const DIGITS = 6;

/** RFC 6238 with what every authenticator knows: SHA-1, six digits, thirty seconds. */
const totp = (secret: string, email = '') =>
  new TOTP({
    issuer: 'Hengji',
    label: email,
    secret: Secret.fromBase32(secret),
    algorithm: 'SHA1',
    digits: DIGITS,
    period: STEP_MS / 1000,
  });

/** What the QR code says. */
export const totpAddress = (secret: string, email: string): string => totp(secret, email).toString();

/** As people type codes: in groups, with full-width digits. */
export const plainCode = (code: string): string => code.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();

/**
 * The step of a right code; none for a wrong one, and for one that has been used or is older than one that has.
 * @param lastStep of the last code used
 */
export function stepOfCode(secret: string, code: string, now: number, lastStep: number): number | undefined {
  const token = plainCode(code);
  if (!/^\d{6}$/.test(token)) return undefined;
  const delta = totp(secret).validate({ token, timestamp: now, window: WINDOW });
  if (delta === null) return undefined;
  const step = Math.floor(now / STEP_MS) + delta;
  return step > lastStep ? step : undefined;
}
