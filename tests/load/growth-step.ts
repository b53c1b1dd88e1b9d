/** One start over a large market: `growth-step.ts FILE SNAPSHOTS` prints what it took as one line of JSON. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { announce } from '#app/core/change-feed.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { openSqlite } from '#db/sqlite.server.ts';
import { median, percentile, times } from './measure.ts';
import { askedNeed, askedWord, NEEDS } from './rows-rules.ts';

const BROAD = NEEDS.findIndex(({ item }) => item === undefined);
/** Families of the four entries of the home page. */
const FAMILIES = [['calibration', 'verification', 'reference_material'], ['testing'], ['consulting', 'evaluation'], ['rd_support']];
const CHANGES = 20;
const ASKED = 200;

const [file = '', folder = ''] = process.argv.slice(2);
const besideMb = process.memoryUsage.rss() / 2 ** 20;
const db = openSqlite(file);
const deps = { db, clock: Date.now };
const keep = { folder, log: { info: console.error, warn: console.error, error: console.error } };
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const began = performance.now();
const [liveCatalogue, liveScopes] = [loadCatalogue(deps, keep), loadScopes(deps, keep)];
const catalogue = await liveCatalogue.current();
const scopes = await liveScopes.current();
catalogue.facts();
const startMs = performance.now() - began;
await pause(50);
const stallMs = delay.max / 1e6;
delay.disable();

const broad = () => askedNeed(catalogue, scopes, BROAD);
const [broadFirstMs = 0] = await times(1, broad);
await times(NEEDS.length * 5, (i) => askedNeed(catalogue, scopes, i));
const broads = await times(ASKED, broad);
const needs = await times(ASKED, (i) => askedNeed(catalogue, scopes, i));
const words = await times(ASKED, (i) => askedWord(catalogue, i));
const id = [...catalogue.services.keys()][1_000] as string;
const changes: number[] = [];
const homes: number[] = [];
for (let i = 0; i < CHANGES; i++) {
  await db.write(async (tx) => {
    await tx
      .update(service)
      .set({ unitNet: 10_000 + i })
      .where(eq(service.id, id));
    await announce(tx, 'service', id, Date.now());
  });
  changes.push(...(await times(1, async () => askedWord(await liveCatalogue.current(), i))));
  homes.push(...(await times(1, () => FAMILIES.map((families) => catalogue.facts().of(families, Date.now())))));
}
const told = {
  startMs,
  stallMs,
  besideMb,
  memoryMb: process.memoryUsage.rss() / 2 ** 20,
  homeMs: median(homes),
  broadFirstMs,
  broadMedianMs: median(broads),
  broadMs: percentile(broads, 99),
  needMs: percentile(needs, 99),
  wordMedianMs: median(words),
  wordMs: percentile(words, 99),
  changeMs: median(changes),
};
export type Grown = typeof told;
await db.close();
console.log(JSON.stringify(told));
