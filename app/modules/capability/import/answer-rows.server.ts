import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { withRowAnswers } from './change-decisions.ts';
import { decide } from './decide.server.ts';
import type { ImportDeps } from './open-work.server.ts';
import { questionIn } from './review-rows.ts';

/**
 * Answers a question row by row; null takes a row's answer back.
 * @param answers by the keys of rows
 * @throws Problem not_found, forbidden; invalid_form {field: 'rows'} for a row that does not ask it, {field: 'answer'} for none of its choices
 */
export const answerRows = apart(
  'import.answer-rows',
  (deps: ImportDeps, actor: Actor, id: string, question: string, answers: ReadonlyMap<string, string | null>) =>
    decide(deps, actor, id, ({ judged, facts: { decisions } }) => {
      for (const [key, answer] of answers) {
        const row = judged.byKey.get(key);
        const asked = row && questionIn(row, question)?.question;
        if (!asked) throw new Problem('invalid_form', { field: 'rows' });
        if (answer !== null && !asked.choices.includes(answer)) throw new Problem('invalid_form', { field: 'answer' });
      }
      return withRowAnswers(decisions, question, answers);
    }),
);
