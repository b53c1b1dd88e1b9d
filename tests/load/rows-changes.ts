/** How long everybody stands still while much changes at once. */

import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { inArray } from 'drizzle-orm';
import { announceAll } from '#app/core/change-feed.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { openSqlite } from '#db/sqlite.server.ts';
import { format, type Line, median } from './measure.ts';

const CHANGED = 600;
const MOST_MS = 100;

/** The longest stall of the request thread while 600 services that changed are taken in. */
export async function manyChanges(file: string, rounds: number): Promise<Line[]> {
  const db = openSqlite(file);
  const live = loadCatalogue({ db, clock: Date.now });
  const ids = [...(await live.current()).services.keys()].slice(0, CHANGED);
  const stalls: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await db.write(async (tx) => {
      await tx
        .update(service)
        .set({ unitNet: 10_000 + round })
        .where(inArray(service.id, ids));
      await announceAll(tx, 'service', ids, Date.now());
    });
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    await pause(20);
    await live.current();
    await pause(20);
    delay.disable();
    stalls.push(delay.max / 1e6);
  }
  await db.close();
  const longest = median(stalls);
  return [
    {
      row: `longest stall while ${ids.length} services change`,
      ours: `${format(longest)} ms`,
      limit: '–',
      goal: `≤ ${MOST_MS} ms`,
      pass: longest <= MOST_MS,
    },
  ];
}
