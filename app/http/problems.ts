/** What each problem means as an HTTP status and in words: title; what happened and what was kept; what to do next. */
import type { Meaning, Problems } from '#app/core/module.ts';
import type { Problem, ProblemCode } from '#app/core/problem.ts';
import { currentLocale, type Locale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { moduleProblems } from './modules.ts';

const UNEXPECTED: Meaning = [500, m.http_unexpected_title, m.http_unexpected_text, m.http_unexpected_next];

/** Of core and of the requests themselves; modules bring their own. */
const GENERAL = {
  not_found: [404, m.http_not_found_title, m.http_not_found_text, m.http_not_found_next],
  forbidden: [403, m.http_forbidden_title, m.http_forbidden_text, m.http_forbidden_next],
  sign_in_required: [401, m.http_sign_in_required_title, m.http_sign_in_required_text, m.http_sign_in_required_next],
  bad_origin: [403, m.http_bad_origin_title, m.http_bad_origin_text, m.http_bad_origin_next],
  too_large: [413, m.http_too_large_title, m.http_too_large_text, m.http_too_large_next],
  too_many_tries: [429, m.http_too_many_tries_title, m.http_too_many_tries_text, m.http_too_many_tries_next],
  bad_request: [400, m.http_bad_request_title, m.http_bad_request_text, m.http_bad_request_next],
  invalid_form: [400, m.http_invalid_form_title, m.http_invalid_form_text, m.http_invalid_form_next],
  stale: [409, m.http_stale_title, m.http_stale_text, m.http_stale_next],
  busy: [503, m.http_busy_title, m.http_busy_text, m.http_busy_next],
  overloaded: [503, m.http_overloaded_title, m.http_overloaded_text, m.http_overloaded_next],
  unwritable: [503, m.http_unwritable_title, m.http_unwritable_text, m.http_unwritable_next],
  unsure: [503, m.http_unsure_title, m.http_unsure_text, m.http_unsure_next],
  workers_full: [503, m.http_workers_full_title, m.http_workers_full_text, m.http_workers_full_next],
  worker_failed: [503, m.http_worker_failed_title, m.http_worker_failed_text, m.http_worker_failed_next],
} as const satisfies Problems;

const MEANINGS: Record<ProblemCode, Meaning> = { ...GENERAL, ...moduleProblems };

/** What the error page shows: the JSON a problem's Response carries. */
type ProblemView = { code: string; title: string; text: string; next: string };

type Stated = Pick<Problem, 'code' | 'facts'>;

export const problemStatus = (code: ProblemCode): number => MEANINGS[code][0];

export function problemWords({ code }: Pick<Problem, 'code'>, locale: Locale = currentLocale()): ProblemView {
  return view(code, MEANINGS[code] ?? UNEXPECTED, locale);
}

function view(code: string, [, title, text, next]: Meaning, locale: Locale): ProblemView {
  const options = { locale };
  return { code, title: title({}, options), text: text({}, options), next: next({}, options) };
}

/** Thrown by a loader or an action, it shows the nearest error page; a resource route answers it as JSON. */
export function problemResponse(problem: Stated): Response {
  const headers = new Headers();
  // The fact `seconds` says when it is worth coming back.
  if (problem.facts.seconds) headers.set('Retry-After', String(problem.facts.seconds));
  return Response.json(problemWords(problem), { status: MEANINGS[problem.code]?.[0] ?? 500, headers });
}
