/** How a form is answered: done, or the page again with what was typed and what is wrong with it. */
import { data } from '@remix-run/node';
import type { z } from 'zod';
import { type Faults, readForm, type Typed, typedIn } from '#app/core/form.ts';
import { isProblem, Problem, type ProblemCode } from '#app/core/problem.ts';
import { saidTrouble } from './database-trouble.server.ts';
import { formTrouble } from './form-trouble.ts';
import { problemStatus, problemWords } from './problems.ts';

/** `trouble`: of the form as a whole, with words for a page that has none of its own for its code and reason, which is among the facts. */
type Trouble = { code: ProblemCode; facts: Problem['facts']; title: string; text: string };
type FormRefusal = { typed: Typed; faults: Faults; trouble: Trouble | null };

/** These are no matter of what was typed: the page itself is not for whoever asks, or no page of ours sent the form. */
const ELSEWHERE: readonly ProblemCode[] = ['not_found', 'forbidden', 'sign_in_required', 'bad_origin', 'bad_request', 'too_large'];

/**
 * Reads the form by its schema and does what it asks for. Where several buttons stand in one form, `intent` tells them apart in the schema.
 * @param act throws a Response when done, or a Problem: `invalid_form` names the field and what is wrong with it
 * @param stays codes that are said on this page, though elsewhere they mean another
 * @throws Problem bad_request for a form without a button of the page
 */
export async function answerForm<S extends z.ZodType, Done>(
  request: Request,
  schema: S,
  act: (input: z.output<S>, form: FormData) => Promise<Done>,
  stays: readonly ProblemCode[] = [],
) {
  const form = await request.formData();
  const read = readForm(form, schema);
  if ('faults' in read) {
    if ('intent' in read.faults) throw new Problem('bad_request');
    return refuse(form, read.faults);
  }
  try {
    return await act(read.input, form);
  } catch (thrown) {
    const error = saidTrouble(thrown);
    if (!isProblem(error) || (ELSEWHERE.includes(error.code) && !stays.includes(error.code))) throw error;
    return refuseWith(read.typed, error);
  }
}

/** The page again, for what only the page itself finds wrong, several things at once. */
export const refuse = (form: FormData, faults: Faults) =>
  data<FormRefusal>({ typed: typedIn(form), faults, trouble: null }, { status: 400 });

function refuseWith(typed: Typed, { code, facts }: Problem) {
  const status = problemStatus(code);
  if (code === 'invalid_form' && facts.field !== undefined)
    return data<FormRefusal>({ typed, faults: { [facts.field]: String(facts.reason ?? '') }, trouble: null }, { status });
  const { title, text, next } = problemWords({ code });
  const words = formTrouble(code) ?? { title, text: `${text} ${next}` };
  return data<FormRefusal>({ typed, faults: {}, trouble: { code, facts, ...words } }, { status });
}
