import type { Actor } from '#app/core/actor.ts';
import { apart } from '#app/core/apart.ts';
import { Problem } from '#app/core/problem.ts';
import { withLeave } from './change-decisions.ts';
import { decide } from './decide.server.ts';
import type { ImportDeps } from './open-work.server.ts';

/**
 * Keeps rows out of the scope on purpose, or (`leave` false) takes them in again.
 * @throws Problem not_found, forbidden; invalid_form {field: 'rows'} for none, or one that is not of this import
 */
export const leaveRows = apart('import.leave-rows', (deps: ImportDeps, actor: Actor, id: string, rows: readonly string[], leave: boolean) =>
  decide(deps, actor, id, ({ judged, facts: { decisions } }) => {
    if (rows.length === 0 || rows.some((key) => !judged.byKey.has(key))) throw new Problem('invalid_form', { field: 'rows' });
    return withLeave(decisions, rows, leave);
  }),
);
