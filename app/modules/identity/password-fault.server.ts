import { isCommonPassword } from './common-password.ts';
import { type PasswordFault, passwordFault } from './password-rules.ts';

let list: Promise<Set<string>> | undefined;

/** The 49,000 commonest of published breaches, read when the first new password is judged. */
const commonPasswords = (): Promise<Set<string>> => {
  list ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return list;
};

/** @returns what is wrong with a new password of whoever has this address, or nothing */
export async function newPasswordFault(password: string, email: string): Promise<PasswordFault | undefined> {
  const fault = passwordFault(password, email);
  if (fault) return fault;
  const words = await commonPasswords();
  return isCommonPassword(password, (word) => words.has(word)) ? 'password_common' : undefined;
}
