/** Units, ranges, forms of uncertainty, bringing in a scope, and matching a need with what centres can measure. */
import type { Deps } from '#app/core/deps.ts';
import { type Module, SECOND_MS } from '#app/core/module.ts';
import { followEntry, showScope } from './follow-entry.server.ts';
import { forgetImports } from './import/forget-imports.server.ts';
import { turnScopes } from './search/turn-scopes.server.ts';

/** What capability tells the composition. */
export const capability = {
  tasks: (deps) => [{ name: 'scopes', everyMs: 60 * SECOND_MS, run: () => turnScopes(deps) }],
  hooks: { entryGiven: followEntry, entryShown: showScope },
  tidy: forgetImports,
} as const satisfies Module<Deps>;
