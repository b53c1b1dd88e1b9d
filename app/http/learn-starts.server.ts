import { setImmediate as breathe } from 'node:timers/promises';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import type { Services } from './services.server.ts';

/** Services asked about between two breaths: a request waits no longer than a few milliseconds behind them. */
const AT_ONCE = 4;
/** Services per run: a small catalogue is known within one, a large one goes round without being felt. */
const PER_RUN = 240;

/**
 * Tells the search index the first free start of every service, some at each call and then on from there: by these it sorts and
 * filters. Answers that still hold cost one statement for several services.
 */
export function startLearner(services: Services): (signal: AbortSignal) => Promise<void> {
  let next = 0;
  return async (signal) => {
    const catalogue = await services.catalogue.current();
    const all = [...catalogue.services.values()];
    if (next >= all.length) next = 0;
    const until = Math.min(next + PER_RUN, all.length);
    while (next < until && !signal.aborted) {
      const some = all.slice(next, Math.min(next + AT_ONCE, until));
      const starts = await earliestStarts(services, some);
      for (const [id, start] of starts) catalogue.search.setEarliest(id, start ?? undefined);
      next += some.length;
      await breathe();
    }
  };
}
