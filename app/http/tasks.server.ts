/** The background work of the product, and what is done for each kind of outbox row. Modules offer it, here it is listed. */
import { and, inArray, isNotNull, lt } from 'drizzle-orm';
import { checkAuditDaily } from '#app/core/audit-seal.server.ts';
import { drainOutbox, type Handlers } from '#app/core/outbox.server.ts';
import { forgetImports } from '#app/modules/capability/import/forget-imports.server.ts';
import { turnScopes } from '#app/modules/capability/turn-scopes.server.ts';
import { forgetFiles } from '#app/modules/catalogue/forget-files.server.ts';
import { resumePaused } from '#app/modules/catalogue/resume-paused.server.ts';
import { forgetDemands } from '#app/modules/catalogue/wanted/forget-demands.server.ts';
import { demandMeeter } from '#app/modules/catalogue/wanted/meet-demands.server.ts';
import { warnOfEnds } from '#app/modules/centres/accreditation/warn-of-ends.server.ts';
import { forgetExpired } from '#app/modules/identity/forget-expired.server.ts';
import { identityEffects } from '#app/modules/identity/identity-effects.server.ts';
import { expireHolds } from '#app/modules/orders/expire-holds.server.ts';
import { expireRequests } from '#app/modules/orders/expire-requests.server.ts';
import { expireOffers } from '#app/modules/orders/offers/expire-offers.server.ts';
import { forgetEndedOffers } from '#app/modules/orders/offers/forget-ended.server.ts';
import { offerFreed } from '#app/modules/orders/offers/offer-freed.server.ts';
import { paymentEffects } from '#app/modules/payments/payment-effects.server.ts';
import { paymentUnderWay } from '#app/modules/payments/payment-under-way.server.ts';
import { RECONCILE_EVERY_MS, reconcile } from '#app/modules/payments/reconcile.server.ts';
import { readBusyCalendars } from '#app/modules/scheduling/busy/read-again.server.ts';
import { extendRollups } from '#app/modules/scheduling/extend-rollup.server.ts';
import { changeFeed, outbox } from '#db/schema/core.ts';
import type { Task } from './background.server.ts';
import { startLearner } from './learn-starts.server.ts';
import type { Services } from './services.server.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const DAY = 24 * HOUR;

/** One line per module: it does its own topics. */
const handlers = (services: Services): Handlers => ({
  ...services.mail.handlers,
  ...identityEffects(services),
  ...paymentEffects(services),
});

/** Holds end to the minute; who waits for a slot sees it free soon after. */
const EXPIRY_EVERY_MS = 15 * SECOND;

/**
 * Waiting lists are swept rather than told: whatever frees a slot (a cancellation, an expiry, a move, hours, a closure gone) is seen, and
 * booking stays as fast as it is. What is known of first starts is kept by pool version, so a turn without news is a statement a place.
 */
const WAITING_EVERY_MS = 20 * SECOND;

async function tendWaiting(services: Services): Promise<void> {
  const changed = (await expireOffers(services)) + (await offerFreed(services));
  if (changed > 0) services.wake();
}

/** What each process knows of free starts, for sorting and filtering; the page itself always asks anew. */
const STARTS_EVERY_MS = 20 * SECOND;

async function expire(services: Services): Promise<void> {
  // Money that came after all, or is on its way, keeps the hold until the next sweep.
  await expireHolds(services, (orderId) => paymentUnderWay(services, orderId));
  await expireRequests(services);
}

function tellOfDemands(services: Services) {
  const meet = demandMeeter(services);
  return async (signal: AbortSignal): Promise<void> => {
    if ((await meet(signal)) > 0) services.wake();
  };
}

/** @param owner unique among the processes */
export function backgroundTasks(services: Services, owner: string): Task[] {
  const effects = handlers(services);
  return [
    { name: 'outbox', everyMs: 2 * SECOND, everywhere: true, run: () => drainOutbox(services, effects, owner) },
    { name: 'expiry', everyMs: EXPIRY_EVERY_MS, run: () => expire(services) },
    { name: 'waiting lists', everyMs: WAITING_EVERY_MS, run: () => tendWaiting(services) },
    { name: 'reconciliation', everyMs: RECONCILE_EVERY_MS, run: (signal) => reconcile(services, signal) },
    { name: 'first starts', everyMs: STARTS_EVERY_MS, everywhere: true, run: startLearner(services) },
    { name: 'open hours ahead', everyMs: DAY / 4, run: (signal) => extendRollups(services, signal) },
    { name: 'accreditations', everyMs: HOUR, run: async () => void (await warnOfEnds(services)) },
    { name: 'scopes', everyMs: 60 * SECOND, run: async () => void (await turnScopes(services)) },
    { name: 'paused services', everyMs: 60 * SECOND, run: () => resumePaused(services) },
    { name: 'needs that wait', everyMs: 60 * SECOND, run: tellOfDemands(services) },
    { name: 'busy calendars', everyMs: 300 * SECOND, run: (signal) => readBusyCalendars(services, signal) },
    { name: 'files', everyMs: HOUR, run: (signal) => forgetFiles(services, signal) },
    { name: 'audit log', everyMs: HOUR, run: (signal) => checkAuditDaily(services, signal) },
    { name: 'housekeeping', everyMs: HOUR, run: (signal) => tidy(services, signal) },
  ];
}

/** How long rows stay that nothing reads any more. Effects keep a month, for whoever asks whether a mail was sent. */
const KEPT = { effects: 30 * DAY, changes: 7 * DAY };
/** So many rows per transaction: nobody waits long behind it. */
const CHUNK = 500;

/** Deletes what is past its time. */
export async function tidy({ db, clock }: Pick<Services, 'db' | 'clock'>, signal?: AbortSignal): Promise<void> {
  const now = clock();
  const until = async (remove: () => Promise<number>) => {
    while (!signal?.aborted && (await remove()) === CHUNK);
  };
  await until(() =>
    db.write(async (tx) => {
      const old = tx
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(isNotNull(outbox.doneAt), lt(outbox.doneAt, now - KEPT.effects)))
        .limit(CHUNK);
      return (await tx.delete(outbox).where(inArray(outbox.id, old)).returning({ id: outbox.id })).length;
    }),
  );
  await until(() =>
    db.write(async (tx) => {
      const old = tx
        .select({ seq: changeFeed.seq })
        .from(changeFeed)
        .where(lt(changeFeed.at, now - KEPT.changes))
        .limit(CHUNK);
      return (await tx.delete(changeFeed).where(inArray(changeFeed.seq, old)).returning({ seq: changeFeed.seq })).length;
    }),
  );
  await forgetExpired({ db, clock });
  await forgetImports({ db, clock });
  await forgetEndedOffers({ db, clock });
  await forgetDemands({ db, clock });
}
