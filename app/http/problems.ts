/** What each problem means as an HTTP status and in words: title; what happened and what was kept; what to do next. */
import type { Problem, ProblemCode } from '#app/core/problem.ts';
import { currentLocale, type Locale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';

type Words = (inputs?: Record<string, never>, options?: { locale?: Locale }) => string;
type Meaning = readonly [status: number, title: Words, text: Words, next: Words];

const UNEXPECTED: Meaning = [500, m.http_unexpected_title, m.http_unexpected_text, m.http_unexpected_next];

const MEANINGS: Record<ProblemCode, Meaning> = {
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
  threads_full: [503, m.http_threads_full_title, m.http_threads_full_text, m.http_threads_full_next],
  thread_failed: [503, m.http_thread_failed_title, m.http_thread_failed_text, m.http_thread_failed_next],
  link_expired: [410, m.http_link_expired_title, m.http_link_expired_text, m.http_link_expired_next],
  last_owner: [409, m.http_last_owner_title, m.http_last_owner_text, m.http_last_owner_next],
  already_member: [409, m.http_already_member_title, m.http_already_member_text, m.http_already_member_next],
  slot_taken: [409, m.http_slot_taken_title, m.http_slot_taken_text, m.http_slot_taken_next],
  slot_closed: [409, m.http_slot_closed_title, m.http_slot_closed_text, m.http_slot_closed_next],
  sold_out: [409, m.http_sold_out_title, m.http_sold_out_text, m.http_sold_out_next],
  quantity_out_of_range: [400, m.http_quantity_out_of_range_title, m.http_quantity_out_of_range_text, m.http_quantity_out_of_range_next],
  closure_has_bookings: [409, m.http_closure_has_bookings_title, m.http_closure_has_bookings_text, m.http_closure_has_bookings_next],
  price_changed: [409, m.http_price_changed_title, m.http_price_changed_text, m.http_price_changed_next],
  service_not_bookable: [409, m.http_service_not_bookable_title, m.http_service_not_bookable_text, m.http_service_not_bookable_next],
  hold_expired: [410, m.http_hold_expired_title, m.http_hold_expired_text, m.http_hold_expired_next],
  transition_refused: [409, m.http_transition_refused_title, m.http_transition_refused_text, m.http_transition_refused_next],
  mandatory_verification: [
    409,
    m.http_mandatory_verification_title,
    m.http_mandatory_verification_text,
    m.http_mandatory_verification_next,
  ],
  payment_unavailable: [503, m.http_payment_unavailable_title, m.http_payment_unavailable_text, m.http_payment_unavailable_next],
  payment_in_progress: [409, m.http_payment_in_progress_title, m.http_payment_in_progress_text, m.http_payment_in_progress_next],
  refund_refused: [409, m.http_refund_refused_title, m.http_refund_refused_text, m.http_refund_refused_next],
  unsigned_event: [400, m.http_unsigned_event_title, m.http_unsigned_event_text, m.http_unsigned_event_next],
};

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
