/** The background work of the process: what the modules bring, and what belongs to all of them. */
import { checkAuditDaily } from '#app/core/audit-seal.server.ts';
import { forgetChanges } from '#app/core/change-feed.server.ts';
import { forgetFiles } from '#app/core/forget-files.server.ts';
import { DAY_MS, HOUR_MS, SECOND_MS, type Task } from '#app/core/module.ts';
import { drainOutbox, forgetDone } from '#app/core/outbox.server.ts';
import { startLearner } from './learn-starts.server.ts';
import { moduleEffects, moduleTasks, tidyModules } from './modules.ts';
import type { Services } from './services.server.ts';

/** What each process knows of free starts, for sorting and filtering; the page itself always asks anew. */
const STARTS_EVERY_MS = 20 * SECOND_MS;

/** @param owner unique among the processes */
export function backgroundTasks(services: Services, owner: string): Task[] {
  const effects = moduleEffects(services);
  return [
    { name: 'outbox', everyMs: 2 * SECOND_MS, everywhere: true, run: () => drainOutbox(services, effects, owner) },
    { name: 'first starts', everyMs: STARTS_EVERY_MS, everywhere: true, run: startLearner(services) },
    ...moduleTasks(services),
    { name: 'files', everyMs: HOUR_MS, run: (signal) => forgetFiles(services, signal) },
    { name: 'audit log', everyMs: HOUR_MS, run: (signal) => checkAuditDaily(services, signal) },
    { name: 'housekeeping', everyMs: HOUR_MS, run: (signal) => tidy(services, signal) },
  ];
}

/** How long rows stay that nothing reads any more. Effects keep a month, for whoever asks whether a mail was sent. */
const KEPT = { effects: 30 * DAY_MS, changes: 7 * DAY_MS };
/** So many rows per transaction: nobody waits long behind it. */
const CHUNK = 500;

/** Deletes what is past its time. */
export async function tidy({ db, clock }: Pick<Services, 'db' | 'clock'>, signal?: AbortSignal): Promise<void> {
  const now = clock();
  const until = async (remove: () => Promise<number>) => {
    while (!signal?.aborted && (await remove()) === CHUNK);
  };
  await until(() => db.write((tx) => forgetDone(tx, now - KEPT.effects, CHUNK)));
  await until(() => db.write((tx) => forgetChanges(tx, now - KEPT.changes, CHUNK)));
  await tidyModules({ db, clock });
}
