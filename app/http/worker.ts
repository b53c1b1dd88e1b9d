/** What a worker beside the requests does: the use cases modules name for it, over connections of its own (core/workers.server.ts). */
import type { Apart } from '#app/core/apart.ts';
import { isProblem } from '#app/core/problem.ts';
import type { Ended, Work } from '#app/core/workers.server.ts';
import { APART } from '#app/modules/capability/import/apart.server.ts';
import { KeptImports } from '#app/modules/capability/import/kept-imports.server.ts';
import { importPrices } from '#app/modules/catalogue/prices/import-prices.server.ts';
import { setStatuses } from '#app/modules/catalogue/set-statuses.server.ts';
import { UTILIZATION_APART } from '#app/read-models/view-utilization.server.ts';
import { type Database, openDatabase } from '#db/open.server.ts';
import { saidTrouble } from './database-trouble.server.ts';
import { handedDown } from './handed-down.ts';
import { redactFacts } from './redact.ts';
import type { WorkerSettings } from './services.server.ts';

let opened: Database | undefined;
const open = ({ databaseUrl, database }: WorkerSettings) => openDatabase(databaseUrl, { ...database, poolSize: 2 });
// The site has gone without a word: nobody would ever end this process.
process.on('disconnect', () => process.exit());
// A terminal's Ctrl-C reaches the whole group; the site ends this one when its work is done.
process.on('SIGINT', () => {});
process.on('uncaughtException', (error) => {
  console.error(JSON.stringify(redactFacts({ error: String(error) }, [])));
  process.exit(1);
});

const imports = new KeptImports();
const tasks = new Map(([...APART, importPrices, setStatuses, ...UTILIZATION_APART] as unknown as Apart[]).map((one) => [one.task, one]));

export default async function work({ begin, task, now, actor, told }: Work & { begin: WorkerSettings }): Promise<Ended> {
  try {
    opened ??= open(begin);
    const found = tasks.get(task);
    if (!found) throw new Error(`no worker knows ${task}`);
    return { answer: await found.here({ ...handedDown, db: opened, imports, clock: () => now }, actor, ...told) };
  } catch (thrown) {
    const error = saidTrouble(thrown);
    if (isProblem(error)) return { problem: { code: error.code, facts: error.facts } };
    const { message, stack } = error as Error;
    return { failed: { message: String(message ?? error), stack } };
  }
}
