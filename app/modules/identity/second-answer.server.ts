/** The answer to the second question of signing in, and of what is changed about it: a code, a recovery code or a passkey. */
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import type { Queries } from '#db/queries.ts';
import { takeCode } from './check-code.server.ts';
import { takePasskey, verifyPasskey } from './check-passkey.server.ts';
import type { Viewer } from './guards.server.ts';
import { countCode, forgive } from './limits.server.ts';

/** What somebody typed, or what their device answered (JSON of the browser). */
export type SecondAnswer = string | { passkey: string };
/** The answer opens nothing, or none was given where one is asked for. */
export const answerRefused = () => new Problem('invalid_form', { field: 'answer', reason: 'wrong_code' });

type Way = 'code' | 'recovery_code' | 'passkey';

/**
 * Does what an answer is asked for. Wrong answers are counted, whichever kind they are. What `work` refuses leaves the answer unused.
 * @throws Problem too_many_tries; invalid_form {field: answer} for a wrong, late or used one
 */
export async function withAnswer<T>(
  deps: Deps,
  viewer: Viewer,
  answer: SecondAnswer,
  work: (tx: Queries, now: number, way: Way) => Promise<T>,
): Promise<T> {
  const { id } = viewer.person;
  const tries = await countCode(deps, id);
  const now = deps.clock();
  // Signatures take their time: not inside the transaction.
  const shown = typeof answer === 'string' ? undefined : await verifyPasskey(deps, viewer, answer.passkey);
  const take = async (tx: Queries): Promise<Way | undefined> => {
    if (typeof answer === 'string') return takeCode(tx, deps, id, answer);
    return shown && (await takePasskey(tx, viewer, shown, now)) ? 'passkey' : undefined;
  };
  const done = await deps.db.write(async (tx) => {
    const way = await take(tx);
    if (!way) return undefined;
    await forgive(tx, tries, now);
    return { kept: await work(tx, now, way) };
  });
  // After the commit: a passkey that seems to be copied stays shut out.
  if (!done) throw answerRefused();
  return done.kept;
}
