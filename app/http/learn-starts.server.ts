import { setImmediate as breathe } from 'node:timers/promises';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import type { Services } from './services.server.ts';

/** Services asked about before other work gets its turn: a request waits a few milliseconds behind them at most. */
const AT_ONCE = 4;
/** Services per run: a small catalogue takes one run, a large one several, so that the site is never slowed. */
const PER_RUN = 240;

/**
 * Tells the search index the first free start of every service, some at each call and then on from there: by these it sorts and
 * filters. Answers that still hold cost one statement for several services.
 */
export function startLearner(services: Services): (signal: AbortSignal) => Promise<void> {
  let next = 0;
  return async (signal) => {
    const catalogue = await services.catalogue.current();
    if (next >= catalogue.services.end) next = 0;
    for (let learnt = 0; learnt < PER_RUN && next < catalogue.services.end && !signal.aborted; ) {
      const some = catalogue.services.some(next, AT_ONCE);
      const starts = await earliestStarts(services, some.cards);
      for (const [id, start] of starts) catalogue.search.setEarliest(id, start ?? undefined);
      learnt += some.cards.length;
      next = some.next;
      await breathe();
    }
  };
}
