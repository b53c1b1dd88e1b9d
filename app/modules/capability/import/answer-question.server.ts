import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { withAnswer, withoutRowAnswers, withRowAnswers } from './change-decisions.ts';
import { decide } from './decide.server.ts';
import { CONFIRMED } from './decisions.ts';
import type { ImportDeps } from './open-work.server.ts';
import { questionsOf } from './review-rows.ts';

/**
 * Answers a question for every row that asks it. A choice says how the file is written and holds for its rows whatever is corrected later;
 * a confirmation says that these rows are right as they are read now, and holds for them alone. Null takes back what was answered, also
 * for single rows.
 * @throws Problem not_found, forbidden; invalid_form {field: 'question'} for one nobody asks, {field: 'answer'} for none of its choices
 */
export const answerQuestion = apart(
  'import.answer-question',
  (deps: ImportDeps, actor: Actor, id: string, question: string, answer: string | null) =>
    decide(deps, actor, id, ({ judged, facts: { decisions } }) => {
      if (answer === null) return withoutRowAnswers(withAnswer(decisions, question, null), question);
      const asked = questionsOf(judged.rows).find(({ key }) => key === question);
      if (!asked) throw new Problem('invalid_form', { field: 'question' });
      if (!asked.choices.includes(answer)) throw new Problem('invalid_form', { field: 'answer' });
      return answer === CONFIRMED
        ? withRowAnswers(decisions, question, new Map(asked.open.map((row) => [row, answer])))
        : withAnswer(decisions, question, answer);
    }),
);
