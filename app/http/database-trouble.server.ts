import type { Log } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { isOutOfReach, isUnsure, isUnwritable } from '#db/errors.ts';

/** After how many seconds it is worth trying again. */
export const AGAIN_SECONDS = 5;
/** A full disk takes longer: people have to see to it. */
const WRITABLE_AGAIN_SECONDS = 60;

/** How the log says it, and whether somebody has to do something. */
const LINES = {
  busy: ['warn', 'the database was busy'],
  unwritable: ['error', 'nothing can be written: the disk is full or read-only'],
  unsure: ['error', 'a connection broke in a commit'],
} as const;

/**
 * Errors that are nobody's mistake: a database that could not be had in time is the Problem `busy`, one that cannot be written to `unwritable`, one whose
 * connection broke in a commit `unsure`. Every other error stays what it is.
 */
export function saidTrouble(error: unknown): unknown {
  if (isUnsure(error)) return new Problem('unsure', { seconds: AGAIN_SECONDS }, { cause: error });
  if (isOutOfReach(error)) return new Problem('busy', { seconds: AGAIN_SECONDS }, { cause: error });
  if (isUnwritable(error)) return new Problem('unwritable', { seconds: WRITABLE_AGAIN_SECONDS }, { cause: error });
  return error;
}

/** A line in the log for what `saidTrouble` said in place of `thrown`. */
export function logTrouble(log: Log, requestId: string, thrown: unknown, said: unknown): void {
  if (said === thrown || !(said instanceof Problem)) return;
  const [level, text] = LINES[said.code as keyof typeof LINES];
  log[level]({ request: requestId, error: String(thrown) }, text);
}
