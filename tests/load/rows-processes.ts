/**
 * Two processes of the application on one PostgreSQL against one: holds on many slots of many centres.
 * As a script it is one of the processes. It makes its own holds, so that no load generator takes a processor's time from what is measured.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { createInterface } from 'node:readline';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { MOST_UNPAID_ORDERS } from '#app/modules/orders/unpaid-limit.ts';
import { openDatabase } from '#db/open.server.ts';
import { formFor, type Market, seedMarket } from '#tests/support/market.ts';
import { format, type Line, median, rate, WARM_UPS } from './measure.ts';
import { processorMs } from './servers.ts';

const CELL = 1_800_000;
const DAY = 86_400_000;
/** Holds on one pool stand in one line, however many processes there are: a market has many. */
const CENTRES = 24;
const BENCHES = 8;
const DAYS = 40;
const BUYERS = 8;
const FLOOR = 1.3;
/** One process and its PostgreSQL take one and a half processors: on two there is no room for a second process, whatever it does. */
const ENOUGH_PROCESSORS = 4;
const ALWAYS = Array.from({ length: 7 }, () => [[0, 1440]] as [number, number][]);

/** What a process answers to a number of holds: how long they took, and how much of a processor. */
type Round = { ms: number; processorMs: number };

async function seedCentres(url: string, firmsEach: number): Promise<Market[]> {
  const db = openDatabase(url);
  await db.migrate();
  const service = { setupMinutes: 0, minutesPerItem: 30, leadDays: 0, horizonDays: 60 };
  const markets: Market[] = [];
  for (let i = 0; i < CENTRES; i++)
    markets.push(await seedMarket(db, { pools: [BENCHES], buyers: firmsEach, weeklyHours: ALWAYS, service }));
  await db.close();
  return markets;
}

/** Hold i of process 0 or 1: both go through the same centres at the same time, and want every slot once. */
function slotOf(i: number, own: number, markets: readonly Market[]) {
  const market = markets[i % markets.length] as Market;
  const turn = 2 * Math.floor(i / markets.length) + own;
  const startAt = (Math.floor(Date.now() / DAY) + 2) * DAY + (turn % (DAYS * 48)) * CELL;
  return { market, startAt, buyer: market.buyers[turn % market.buyers.length] as Market['buyers'][number] };
}

/** In a process of its own: which engine the tables are made for is decided once per process. */
const run = (url: string, ...words: string[]) => ({
  command: process.execPath,
  words: ['--disable-warning=ExperimentalWarning', import.meta.filename, url, ...words],
  env: { ...process.env, DATABASE_URL: url },
});

function seededCentres(url: string, firmsEach: number): Market[] {
  const { command, words, env } = run(url, 'seed', String(firmsEach));
  return JSON.parse(execFileSync(command, words, { env, encoding: 'utf8', maxBuffer: 2 ** 28 })) as Market[];
}

/** Answers to each line on its input: first the markets, then numbers of holds. */
async function serveHolds(url: string, own: number): Promise<void> {
  const db = openDatabase(url);
  let markets: Market[] | undefined;
  let next = 0;
  for await (const word of createInterface({ input: process.stdin })) {
    if (!markets) {
      markets = JSON.parse(word) as Market[];
      continue;
    }
    const known = markets;
    const [began, before] = [performance.now(), process.cpuUsage()];
    await rate(Number(word), BUYERS, async () => {
      const { market, startAt, buyer } = slotOf(next++, own, known);
      await holdSlot({ db, clock: Date.now }, buyer, formFor(market.service, startAt));
    });
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(`${JSON.stringify({ ms: performance.now() - began, processorMs: (user + system) / 1000 } satisfies Round)}\n`);
  }
  await db.close();
}

class HoldingProcess {
  readonly #child: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(url: string, markets: readonly Market[], own: number) {
    const { command, words, env } = run(url, 'hold', String(own));
    this.#child = spawn(command, words, { stdio: ['pipe', 'pipe', 'inherit'], env });
    this.#child.stdin?.write(`${JSON.stringify(markets)}\n`);
    this.#answers = createInterface({ input: this.#child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]();
  }

  async hold(count: number): Promise<Round> {
    this.#child.stdin?.write(`${count}\n`);
    const { value, done } = await this.#answers.next();
    if (done) throw new Error('a process that made holds has ended');
    return JSON.parse(value) as Round;
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null) return;
    this.#child.stdin?.end();
    await new Promise((done) => this.#child.once('exit', done));
  }
}

/** Processor time of everything that is PostgreSQL (Linux). */
function postgresqlMs(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => {
    try {
      const isOne = /^postgres/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'));
      return isOne ? sum + processorMs(Number(pid)) : sum;
    } catch {
      return sum; // it has ended meanwhile
    }
  }, 0);
}

export async function twoProcesses(rounds: number, count: number): Promise<Line[]> {
  const { startPostgresql } = await import('#tests/support/postgresql.ts');
  const server = await startPostgresql();
  const running: HoldingProcess[] = [];
  try {
    const url = await server.create('two_processes');
    const holdsEach = ((rounds + WARM_UPS) * 2 * count) / CENTRES;
    const markets = seededCentres(url, Math.ceil(holdsEach / MOST_UNPAID_ORDERS) + 1);
    const [a, b] = [0, 1].map((own) => new HoldingProcess(url, markets, own)) as [HoldingProcess, HoldingProcess];
    running.push(a, b);
    const measure = async (processes: HoldingProcess[]) => {
      const [began, before] = [performance.now(), postgresqlMs()];
      const done = await Promise.all(processes.map((one) => one.hold(count / processes.length)));
      const holdsPerS = (count / (performance.now() - began)) * 1000;
      const ownMs = done.reduce((sum, round) => sum + round.processorMs, 0) / count;
      return { holdsPerS, ownMs, databaseMs: (postgresqlMs() - before) / count };
    };
    const pairs: { one: Awaited<ReturnType<typeof measure>>; two: Awaited<ReturnType<typeof measure>> }[] = [];
    for (let round = -WARM_UPS; round < rounds; round++) {
      const two = round % 2 === 0 ? await measure([a, b]) : undefined;
      const one = await measure([round % 2 === 0 ? a : b]);
      const pair = { one, two: two ?? (await measure([a, b])) };
      if (round >= 0) pairs.push(pair);
    }
    return lines(pairs);
  } finally {
    await Promise.all(running.map((one) => one.stop()));
    await server.stop();
  }
}

type Pair = Record<'one' | 'two', { holdsPerS: number; ownMs: number; databaseMs: number }>;

function lines(pairs: readonly Pair[]): Line[] {
  const of = (figure: (pair: Pair) => number) => median(pairs.map(figure));
  const walls = pairs.map(({ one, two }) => two.holdsPerS / one.holdsPerS);
  const cores = availableParallelism();
  const took = (which: 'one' | 'two') =>
    `${format(of((pair) => pair[which].ownMs))} ms of the application's processors and ${format(of((pair) => pair[which].databaseMs))} ms of PostgreSQL's a hold`;
  // What one process can do is bounded by its one thread: two have twice that, unless each hold costs more because of the other.
  const own = pairs.map(({ one, two }) => (2 * one.ownMs) / two.ownMs);
  const row = 'two processes on PostgreSQL against one: holds on many slots';
  return [
    {
      row: `${row}, by the clock`,
      ours: `${Math.round(of(({ two }) => two.holdsPerS))} /s`,
      limit: `${Math.round(of(({ one }) => one.holdsPerS))} /s`,
      ratio: median(walls),
      spread: [Math.min(...walls), Math.max(...walls)],
      goal: `≥ ${FLOOR} × (goal 1.6), on ${ENOUGH_PROCESSORS} processors and more`,
      pass: median(walls) >= FLOOR,
      note: `${cores} processors for both and PostgreSQL; with one ${took('one')}, with two ${took('two')}`,
    },
    {
      row: `${row}, by what a hold takes of the application's processors`,
      ours: `${format(of(({ two }) => two.ownMs))} ms`,
      limit: `${format(of(({ one }) => one.ownMs))} ms`,
      ratio: median(own),
      spread: [Math.min(...own), Math.max(...own)],
      goal: `≥ ${FLOOR} × (goal 1.6)`,
      pass: median(own) >= FLOOR,
      note: 'twice the threads, divided by how much more a hold costs beside another process',
    },
  ];
}

if (process.argv[1] === import.meta.filename) {
  const [url, role, number] = process.argv.slice(2) as [string, string, string];
  if (role === 'hold') await serveHolds(url, Number(number));
  else process.stdout.write(JSON.stringify(await seedCentres(url, Number(number))));
}
