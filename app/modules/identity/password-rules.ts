import { canonicalEmail } from './email-address.ts';

/** NIST SP 800-63B: length over composition, and the commonest refused. */
export const SHORTEST_PASSWORD = 10;
/** Long enough for any passphrase; bounds the work of hashing. */
export const LONGEST_PASSWORD = 200;

/** The commonest of ten characters and more in published breach lists, and what people here would type first. */
const COMMONEST = new Set(
  `1234567890 0123456789 12345678910 123456789a a123456789 1234567891 0987654321 9876543210 qwertyuiop qwerty12345 qwerty123456 1q2w3e4r5t
  1qaz2wsx3edc q1w2e3r4t5 qazwsxedcrfv zxcvbnm123 asdfghjkl1 abcd123456 abc1234567 abcdefghij password12 password123 password1234 passw0rd123
  p@ssw0rd123 iloveyou123 woaini1314 woaini1314520 woaini5201314 5201314520 1314520520 welcome123 welcome1234 administrator admin12345 admin123456
  letmein123 changeme123 sunshine123 football123 princess123 superman123 qwe1234567 asd1234567 1234qwerasdf qwer123456 asdf123456 aa12345678
  hengji12345 hengji123456 hengji2026`.split(/\s+/),
);

export type PasswordFault = 'password_short' | 'password_long' | 'password_is_email' | 'password_common';

/** @returns what is wrong with a new password, or nothing */
export function passwordFault(password: string, email = ''): PasswordFault | undefined {
  const length = [...password].length;
  if (length < SHORTEST_PASSWORD) return 'password_short';
  if (length > LONGEST_PASSWORD) return 'password_long';
  const plain = password.trim().toLowerCase();
  if (email && ((canonicalEmail(password) ?? plain) === email.toLowerCase() || plain === email.toLowerCase().split('@')[0]))
    return 'password_is_email';
  if (COMMONEST.has(plain) || /^(.)\1*$/su.test(plain)) return 'password_common';
  return undefined;
}
