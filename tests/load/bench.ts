/**
 * The benchmark: `npm run bench [-- --quick] [-- --floors] [-- --only need]`. Prints each figure beside its limit, writes bench-results/<time>.json,
 * and all of it or the short form (--floors, three minutes, rows that are ratios) also tests/load/results.json, to be compared.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { openSqlite } from '#db/sqlite.server.ts';
import { seed } from '#seeds/seed.ts';
import { contend } from './contention.ts';
import { doubleScope, FULL, GROWN, marketFile, SMALL } from './data.ts';
import { type Line, print, WARM_UPS } from './measure.ts';
import { holdMarket, holdRequest, holdShop, holdUseCase, paidFlow, signedInFirms } from './rows-booking.ts';
import { browserCosts } from './rows-browser.ts';
import { manyChanges } from './rows-changes.ts';
import { growth } from './rows-growth.ts';
import { importBesideRequests } from './rows-import.ts';
import { messagesPage } from './rows-messages.ts';
import { longestStall, memoryAfterLoad } from './rows-mixed.ts';
import { monthPage, pages, startAndMemory } from './rows-pages.ts';
import { twoProcesses } from './rows-processes.ts';
import { needAndWords, parkUtilization, scopeImport, slotSearch } from './rows-rules.ts';
import { buildBare, type Server, settled, startBare, startOurs } from './servers.ts';

const words: string[] = JSON.parse(process.env.HENGJI_BENCH ?? '[]');
const quick = words.includes('--quick');
const floors = words.includes('--floors');
const only = words.includes('--only') ? words[words.indexOf('--only') + 1] : undefined;
const rounds = quick ? 1 : floors ? 2 : 5;
const folder = mkdtempSync(join(tmpdir(), 'hengji-bench-run-'));
const lines: Line[] = [];

/** Groups of the short form: what is compared with a limit measured beside it. */
const FLOORS = new Set(['hold', 'changes', 'pages', 'booking over HTTP']);

async function group(name: string, work: () => Promise<Line[]>): Promise<void> {
  if (only && !name.includes(only)) return;
  if (floors && !FLOORS.has(name)) return;
  console.log(`\n── ${name}`);
  try {
    for (const line of await work()) {
      lines.push(line);
      print(line);
    }
  } catch (error) {
    const line = { row: name, ours: `failed: ${error instanceof Error ? error.message : error}`, limit: '–', goal: 'to run', pass: false };
    lines.push(line);
    print(line);
  }
}

const market = await marketFile(quick ? SMALL : FULL);
const copy = (name: string, from = market) => {
  const file = join(folder, name);
  copyFileSync(from, file);
  return file;
};
buildBare();

async function demonstration(): Promise<string> {
  const file = join(folder, 'demonstration.sqlite');
  if (existsSync(file)) return file;
  const db = openSqlite(file);
  await db.migrate();
  await seed({ db, clock: Date.now });
  await db.close();
  return file;
}

async function withBoth(file: string, work: (ours: Server, bare: Server) => Promise<Line[]>): Promise<Line[]> {
  const [ours, bare] = [await startOurs(file), await startBare(file)];
  try {
    await Promise.all([settled(ours), settled(bare)]);
    return await work(ours, bare);
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

await group('need and words', () => needAndWords(copy('rules.sqlite'), rounds));
await group('need, 100,000 capabilities', async () => (await needAndWords(doubleScope(copy('rules-100.sqlite')), rounds, 15)).slice(0, 1));
await group('changes', () => manyChanges(copy('changes.sqlite'), rounds));
await group('growth', async () => growth(copy('growth.sqlite', await marketFile(GROWN))));
await group('import', () => scopeImport(rounds));
await group('import beside requests', async () => importBesideRequests(await demonstration(), rounds));
await group('slots', () => slotSearch(rounds));
await group('hold', () => holdUseCase(market, floors ? 5 : rounds, quick ? 100 : 800));
await group('park', () => parkUtilization(copy('park.sqlite'), rounds));
await group('month', () => withBoth(market, (ours, bare) => monthPage(ours, bare, rounds)));
await group('messages', () => withBoth(market, (ours, bare) => messagesPage(ours, bare, rounds)));
await group('pages', () => withBoth(market, (ours, bare) => pages(ours, bare, rounds)));
await group('booking over HTTP', async () => {
  const file = copy('booking.sqlite');
  const count = quick || floors ? 50 : 400;
  const { db, market: shop } = await holdMarket(file, (rounds + WARM_UPS) * count);
  const cookies = await signedInFirms(db, shop);
  await db.close();
  return withBoth(file, async (ours, bare) => {
    const at = await holdShop(ours, shop.service, cookies);
    return [
      await holdRequest(at, bare, rounds, count, 0),
      await paidFlow(at, quick || floors ? 1 : 3, quick ? 20 : floors ? 80 : 150, 10_000),
    ];
  });
});
await group('start and memory', async () => startAndMemory(await demonstration(), quick ? 1 : 5));
await group('stalls under mixed load', () => longestStall(copy('stalls.sqlite'), quick ? 15 : 60));
await group('memory after mixed load', async () => memoryAfterLoad(copy('mixed.sqlite', await demonstration()), quick ? 20 : 240));
await group('browser', () => withBoth(market, (ours) => browserCosts(ours)));
await group('two processes', () => twoProcesses(rounds, quick ? 200 : 960));
await group('contention', () => contention(quick ? 4 : 40));

async function contention(slots: number): Promise<Line[]> {
  const found: Line[] = [];
  const { startPostgresql } = await import('#tests/support/postgresql.ts');
  const server = await startPostgresql();
  try {
    for (const engine of ['SQLite', 'PostgreSQL'] as const)
      for (const processes of [1, 2]) {
        const url = engine === 'SQLite' ? join(folder, `contention-${processes}.sqlite`) : await server.create(`contention_${processes}`);
        const { places, sold, overlaps, lost } = await contend(url, { processes, slots, buyersPerSlot: 6 });
        found.push({
          row: `overlaps and lost bookings, ${engine}, ${processes} process${processes > 1 ? 'es' : ''}`,
          ours: `${overlaps} overlaps, ${lost} lost`,
          limit: `${sold} sold of at most ${places}`,
          goal: '0 and 0',
          pass: overlaps === 0 && lost === 0 && sold > 0 && sold <= places,
        });
      }
  } finally {
    await server.stop();
  }
  return found;
}

rmSync(folder, { recursive: true, force: true });
const below = lines.filter((line) => !line.pass);
const results = resolve(import.meta.dirname, '../../bench-results');
mkdirSync(results, { recursive: true });
const file = join(results, `${new Date().toISOString().replaceAll(/[:.]/g, '-')}.json`);
const machine = { processor: cpus()[0]?.model ?? 'unknown', cores: availableParallelism(), memoryGb: Math.round(totalmem() / 2 ** 30) };
const told = JSON.stringify({ at: new Date().toISOString(), node: process.version, machine, quick, floors, rounds, lines }, null, 2);
writeFileSync(file, told);
// What a reader compares with: never of a trial run, nor of a part.
if (!quick && !only) writeFileSync(join(import.meta.dirname, 'results.json'), `${told}\n`);
console.log(`\n${lines.length - below.length} of ${lines.length} reach what they must; written to bench-results/`);
process.exit(below.length > 0 && !quick ? 1 : 0);
