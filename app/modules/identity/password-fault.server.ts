import { Problem } from '#app/core/problem.ts';
import { isCommonPassword } from './common-password.ts';
import { passwordFault } from './password-rules.ts';

let list: Promise<Set<string>> | undefined;

/** The 49,000 commonest of published breaches, read when the first new password is judged. */
const commonPasswords = (): Promise<Set<string>> => {
  list ??= import('@zxcvbn-ts/language-common').then(({ dictionary }) => new Set(dictionary['passwords-common']));
  return list;
};

/** A new password of whoever has this address. @throws Problem invalid_form {field: password, reason} */
export async function judgeNewPassword(password: string, email: string): Promise<void> {
  const words = await commonPasswords();
  const common = isCommonPassword(password, (word) => words.has(word));
  const reason = passwordFault(password, email) ?? (common ? 'password_common' : undefined);
  if (reason) throw new Problem('invalid_form', { field: 'password', reason });
}
