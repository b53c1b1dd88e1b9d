/** Parks, services, listings; checking accreditations; search over bitmaps in memory, the same answer on both engines. */
import { type Module, SECOND_MS } from '#app/core/module.ts';
import type { Family } from '#db/schema/centres.ts';
import { centreLetters } from './accreditation/letters.ts';
import { followEntry } from './listing/follow-entry.server.ts';
import { resumePaused } from './resume-paused.server.ts';
import { forgetDemands } from './wanted/forget-demands.server.ts';
import { demandLetters } from './wanted/letters.ts';
import { type DemandNeeds, demandMeeter } from './wanted/meet-demands.server.ts';

declare module '#app/core/file-use.server.ts' {
  /** A listing and its service share an id; a version is `<service>:<version>`. */
  interface FileOwners {
    listing: true;
    service: true;
    service_version: true;
  }
}

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** To the managers of its centre. `families` it was accepted for; `reason` in the operator's words when it was refused. */
    accreditation_checked: {
      kind: 'CNAS' | 'CMA' | 'internal';
      number: string;
      accepted: boolean;
      families: Family[];
      reason: string;
      link: string;
    };
    /** What somebody looked for in vain can be done now: `count` services suit. */
    demand_met: { wanted: string; count: number; link: string };
  }
}

/** What catalogue tells the composition. */
export const catalogue = {
  letters: { ...centreLetters, ...demandLetters },
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
  hooks: { entryGiven: followEntry },
  tidy: forgetDemands,
} as const satisfies Module<DemandNeeds & { wake(): void }>;
