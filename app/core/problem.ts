/**
 * An error people may see: a code, and the facts its message needs. What it means as an HTTP status and in words
 * is said once, in http/problems.ts.
 */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly facts: Record<string, string | number>;
  constructor(code: ProblemCode, facts: Record<string, string | number> = {}, options?: ErrorOptions) {
    super(code, options);
    this.name = 'Problem';
    this.code = code;
    this.facts = facts;
  }
}

/** By name, not by class: the server's bundle and the process around it each hold a copy of the class. */
export const isProblem = (error: unknown): error is Problem => error instanceof Error && error.name === 'Problem';

/** Every code there is; a module adds its own by declaration merging, and gives each a meaning in its module.ts. */
export interface ProblemCodes {
  not_found: true;
  forbidden: true;
  sign_in_required: true;
  bad_origin: true;
  too_large: true;
  too_many_tries: true;
  bad_request: true;
  invalid_form: true;
  stale: true;
  busy: true;
  overloaded: true;
  unwritable: true;
  unsure: true;
  workers_full: true;
  worker_failed: true;
}
export type ProblemCode = keyof ProblemCodes;
