import { and, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { secondFactorRemoval, session } from '#db/schema/identity.ts';
import { type Entered, enter } from './enter.server.ts';
import type { Viewer } from './guards.server.ts';
import type { Caller } from './limits.server.ts';
import { answerRefused, type SecondAnswer, withAnswer } from './second-answer.server.ts';

/**
 * The second step of signing in, for a session that waits for it. The session is replaced: its cookie was worth less.
 * @returns the cookies of the session and the browser
 * @throws Problem too_many_tries; invalid_form {field: answer} for a wrong or used answer, or a step that is over
 */
export const enterCode = (deps: Deps, waiting: Viewer, answer: SecondAnswer, from: Caller): Promise<Entered> =>
  withAnswer(deps, waiting, answer, async (tx, _now, way) => {
    const ended = await tx
      .delete(session)
      .where(and(eq(session.id, waiting.session.id), eq(session.awaitsCode, true)))
      .returning({ id: session.id });
    if (ended.length === 0) throw answerRefused();
    // Whoever can show it has not lost it.
    await tx.delete(secondFactorRemoval).where(eq(secondFactorRemoval.personId, waiting.person.id));
    return enter(tx, deps, waiting.person.id, from, { way });
  });
