/** The work on each piece of a confirmed order, what the order shows of it, the list of a day. */
import type { Deps } from '#app/core/deps.ts';
import type { Module } from '#app/core/module.ts';
import { cancelJobs } from './cancel-jobs.server.ts';
import { openJobs } from './open-jobs.server.ts';

declare module '#app/core/file-use.server.ts' {
  interface FileOwners {
    order_report: true;
  }
}

/** What jobs tells the composition. */
export const jobs = {
  hooks: { orderConfirmed: openJobs, orderEnded: cancelJobs },
} as const satisfies Module<Deps>;
