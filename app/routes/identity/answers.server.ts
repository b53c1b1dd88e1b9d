/** How the forms of identity answer: what went wrong comes back into the form, with what was typed, never a password. */
import type { Submission } from '@conform-to/dom';
import { type ActionFunctionArgs, data } from '@remix-run/node';
import { isProblem, type ProblemCode } from '#app/core/problem.ts';
import { saidTrouble } from '#app/http/database-trouble.server.ts';
import { formTrouble } from '#app/http/form-trouble.ts';
import { problemStatus, problemWords } from '#app/http/problems.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Entered } from '#app/modules/identity/enter.server.ts';
import { deviceSecret } from '#app/modules/identity/known-devices.server.ts';
import type { Caller } from '#app/modules/identity/limits.server.ts';
import type { Trouble } from './form-parts.tsx';

export const callerOf = ({ request, context }: Pick<ActionFunctionArgs, 'request' | 'context'>): Caller => ({
  address: context.address,
  userAgent: request.headers.get('user-agent') ?? '',
  device: deviceSecret(context.services.settings, request),
});

/** The cookies of whoever was just let in. */
export function entering({ cookie, deviceCookie }: Entered): Headers {
  const headers = new Headers({ 'Set-Cookie': cookie });
  headers.append('Set-Cookie', deviceCookie);
  return headers;
}

const HIDDEN = ['password', 'current', 'code', 'recovery', 'passkey', 'made'] as const;

/** The form as it was sent, marked where it is wrong. `fields` adds what only the server could know; `form` names one of several. */
export function comeBack<S extends Record<string, unknown>>(
  submission: Submission<S, string[], unknown>,
  trouble: Trouble | null = null,
  { status = 400, fields = {}, form }: { status?: number; fields?: Record<string, string[]>; form?: string } = {},
) {
  const result = submission.reply({ hideFields: [...HIDDEN] as never[], fieldErrors: fields as never });
  return data({ result, trouble, form }, { status });
}

/** What each refusal means for a form of identity. */
export const refused = (): Trouble => ({ title: m.identity_refused_title(), text: m.identity_refused_text() });

/** A problem in words that stay on the page. @throws the error itself when it is none of `codes`, and no database that did not do it */
export function troubleOf(thrown: unknown, ...codes: ProblemCode[]): { trouble: Trouble; status: number } {
  const error = saidTrouble(thrown);
  if (!isProblem(error)) throw error;
  const status = problemStatus(error.code);
  const database = formTrouble(error.code);
  if (database) return { status, trouble: database };
  if (!codes.includes(error.code)) throw error;
  if (error.code === 'too_many_tries')
    return {
      status,
      trouble: { title: m.identity_too_many_title(), text: m.identity_too_many_text({ minutes: error.facts.minutes ?? 15 }) },
    };
  const { title, text, next } = problemWords(error);
  return { status, trouble: { title, text: `${text} ${next}` } };
}
