import { Problem } from '#app/core/problem.ts';

export const REASON_LENGTH = 1_000;

/** What somebody says for doing what the other side will not like; kept as typed. @throws Problem invalid_form */
export function readReason(text: string, { required }: { required: boolean }): string {
  const refused = (reason: string) => new Problem('invalid_form', { field: 'reason', reason });
  if (required && text.trim() === '') throw refused('required');
  if (text.length > REASON_LENGTH) throw refused('too_long');
  if (text.includes('\u0000')) throw refused('bad_character');
  return text.toWellFormed();
}
