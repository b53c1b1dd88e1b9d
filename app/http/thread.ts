/** What a thread beside the requests does: the use cases modules name for it, over connections of its own (core/threads.server.ts). */
import { workerData } from 'node:worker_threads';
import type { Apart } from '#app/core/apart.ts';
import { isProblem } from '#app/core/problem.ts';
import type { Ended, Work } from '#app/core/threads.server.ts';
import { APART } from '#app/modules/capability/import/apart.server.ts';
import { KeptImports } from '#app/modules/capability/import/kept-imports.server.ts';
import { importPrices } from '#app/modules/catalogue/prices/import-prices.server.ts';
import { setStatuses } from '#app/modules/catalogue/set-statuses.server.ts';
import { UTILIZATION_APART } from '#app/read-models/view-utilization.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { saidTrouble } from './database-trouble.server.ts';
import { handedDown } from './handed-down.ts';
import type { ThreadSettings } from './services.server.ts';

const { databaseUrl, database } = workerData as ThreadSettings;
const db = openDatabase(databaseUrl, { ...database, poolSize: 2 });
const imports = new KeptImports();
const tasks = new Map(([...APART, importPrices, setStatuses, ...UTILIZATION_APART] as unknown as Apart[]).map((one) => [one.task, one]));

export default async function work({ task, now, actor, told }: Work): Promise<Ended> {
  try {
    const found = tasks.get(task);
    if (!found) throw new Error(`no thread knows ${task}`);
    return { answer: await found.here({ ...handedDown, db, imports, clock: () => now }, actor, ...told) };
  } catch (thrown) {
    const error = saidTrouble(thrown);
    if (isProblem(error)) return { problem: { code: error.code, facts: error.facts } };
    const { message, stack } = error as Error;
    return { failed: { message: String(message ?? error), stack } };
  }
}
