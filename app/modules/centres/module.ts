import type { Deps } from '#app/core/deps.ts';
import { HOUR_MS, type Module } from '#app/core/module.ts';
import { warnOfEnds } from './accreditation/warn-of-ends.server.ts';

declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    accreditation: true;
    verification_request: true;
  }
}

/** What centres tells the composition. */
export const centres = {
  tasks: (deps) => [{ name: 'accreditations', everyMs: HOUR_MS, run: () => warnOfEnds(deps) }],
} as const satisfies Module<Deps>;
