import type { Log } from '#app/core/deps.ts';
import type { Problem, ProblemCode } from '#app/core/problem.ts';

/** Refusals that somebody who watches over the site counts, by names that stay. Brakes say it themselves (identity/limits). */
const EVENTS: Partial<Record<ProblemCode, string>> = {
  bad_origin: 'origin_refused',
  forbidden: 'rights_refused',
  unsigned_event: 'signature_refused',
};

/** A line in the log for a refusal of that kind; nothing for others. */
export function logRefusal(log: Log, requestId: string, { code }: Pick<Problem, 'code'>, path: string): void {
  const event = EVENTS[code];
  if (event) log.warn({ event, request: requestId, path }, 'refused');
}
