import { type Module, SECOND_MS } from '#app/core/module.ts';
import { resumePaused } from './resume-paused.server.ts';
import { forgetDemands } from './wanted/forget-demands.server.ts';
import { type DemandNeeds, demandMeeter } from './wanted/meet-demands.server.ts';

declare module '#app/core/file-use.server.ts' {
  /** A listing and its service share an id; a version is `<service>:<version>`. */
  interface FileOwners {
    listing: true;
    service: true;
    service_version: true;
  }
}

/** What catalogue tells the composition. */
export const catalogue = {
  tasks: (deps) => {
    const meet = demandMeeter(deps);
    return [
      { name: 'paused services', everyMs: 60 * SECOND_MS, run: () => resumePaused(deps) },
      {
        name: 'needs that wait',
        everyMs: 60 * SECOND_MS,
        run: async (signal) => {
          if ((await meet(signal)) > 0) deps.wake();
        },
      },
    ];
  },
  tidy: forgetDemands,
} as const satisfies Module<DemandNeeds & { wake(): void }>;
