/** The centre as a tenant: profile and zone, the request to be verified, accreditations, member firms, who may act for it. */
import type { Deps } from '#app/core/deps.ts';
import { HOUR_MS, type Module } from '#app/core/module.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { tellOfPrepared } from './accreditation/tell-operators.server.ts';
import { warnOfEnds } from './accreditation/warn-of-ends.server.ts';
import { followEntry } from './verification/follow-entry.server.ts';
import { verificationRequestLetters } from './verification/letters.ts';

declare module '#app/core/hooks.ts' {
  interface HookFacts {
    /** An entry was given to who prepared for it: what stands under the entry `from` belongs to `to` now; `from` is taken away after. */
    entryGiven: { from: string; to: string };
    /** What was prepared became an entry of its own. */
    entryShown: { centreId: string };
  }
}

declare module '#app/core/problem.ts' {
  interface ProblemCodes {
    /** A centre nobody has verified takes no money. */
    centre_unverified: true;
  }
}

declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    accreditation: true;
    verification_request: true;
  }
}

declare module '#app/core/mail.server.ts' {
  interface MailFacts {
    /** To the managers of a centre; `until` the last instant, in the centre's zone. */
    accreditation_due: {
      kind: 'CNAS' | 'CMA' | 'internal';
      number: string;
      until: number;
      daysLeft: number;
      ended: boolean;
      timeZone: string;
      link: string;
    };
    /** To operators: an accreditation waits to be checked. `again`: its centre stated it otherwise before. */
    accreditation_waiting: {
      kind: 'CNAS' | 'CMA' | 'internal';
      number: string;
      again: boolean;
      centreZh: string;
      centreEn: string;
      link: string;
    };
    /** To operators: a verification request waits to be judged. `own`: of the organisation's own entry, to be verified. */
    verification_request_waiting: {
      organisationZh: string;
      organisationEn: string;
      centreZh: string;
      centreEn: string;
      own: boolean;
      link: string;
    };
    /** To operators: a verified centre took another name and is to be verified again. */
    entry_renamed: { beforeZh: string; beforeEn: string; centreZh: string; centreEn: string; link: string };
    /** To the managers who asked. `taken`: the entry went to another organisation; `reason` in the operator's words, for `refused`. */
    verification_request_decided: {
      centreZh: string;
      centreEn: string;
      outcome: 'accepted' | 'refused' | 'taken';
      reason: string;
      link: string;
    };
  }
}

/** What centres tells the composition. */
export const centres = {
  letters: verificationRequestLetters,
  problems: {
    centre_unverified: [409, m.http_centre_unverified_title, m.http_centre_unverified_text, m.http_centre_unverified_next],
  },
  hooks: { entryGiven: followEntry, entryShown: (tx, { centreId }, now) => tellOfPrepared(tx, centreId, now) },
  tasks: (deps) => [{ name: 'accreditations', everyMs: HOUR_MS, run: () => warnOfEnds(deps) }],
} as const satisfies Module<Deps>;
