import { canonicalEmail } from './email-address.ts';

/** NIST SP 800-63B: length over composition, and the commonest refused (password-fault.server.ts, which holds the list). */
export const SHORTEST_PASSWORD = 10;
/** Long enough for any passphrase; bounds the work of hashing. */
export const LONGEST_PASSWORD = 200;

export type PasswordFault = 'password_short' | 'password_long' | 'password_is_email' | 'password_common';

/** @returns what can be said against a new password without a list of common ones, or nothing */
export function passwordFault(password: string, email = ''): PasswordFault | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return 'password_short';
  if (length > LONGEST_PASSWORD) return 'password_long';
  const plain = password.trim().toLowerCase();
  if (email && ((canonicalEmail(password) ?? plain) === email.toLowerCase() || plain === email.toLowerCase().split('@')[0]))
    return 'password_is_email';
  return undefined;
}
