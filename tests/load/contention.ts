/**
 * Many buyers on few slots, in several processes at once, on either engine: how many were sold, sold twice, or lost.
 * As a script it is one of the processes: which engine the tables are made for is decided once per process, so each has its own.
 */
import { spawn } from 'node:child_process';
import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { isProblem } from '#app/core/problem.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { NO_POOL } from '#app/modules/scheduling/worker-cells.ts';
import { type Database, openDatabase } from '#db/open.server.ts';
import { countAll } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';
import { claim, resource } from '#db/schema/scheduling.ts';
import { formFor, type Service } from '#tests/support/market.ts';
import { type SharedMarket, seedSharedMarket } from '#tests/support/shared-people.ts';

const CELL = 1_800_000;
const DAY = 86_400_000;
const BENCHES = 2;

export type Contention = {
  /** Places there were: slots × benches. */
  places: number;
  sold: number;
  /** Cells that two orders hold; the database makes this impossible, and it is counted all the same. */
  overlaps: number;
  /** Orders somebody was told of, whose cells are not all there. */
  lost: number;
};

/** `shared`: the same people stand in two pools, and half of the buyers want the other pool's service. */
type Input = { processes: number; slots: number; buyersPerSlot: number; shared?: boolean };

/** Runs one contest in processes of its own. @param url of an empty database: a file to be made, or `postgres://…` */
export const contend = (url: string, input: Input): Promise<Contention> => inProcess(url, ['contest', JSON.stringify(input)]);

async function contest(url: string, { processes, slots, buyersPerSlot, shared = false }: Input): Promise<Contention> {
  const db = openDatabase(url);
  await db.migrate();
  const people = Array.from({ length: BENCHES }, (_, i) => i);
  const pools = [people, ...(shared ? [people] : [])].map((own) => ({ gridMinutes: 30, people: own }));
  const market = await seedSharedMarket(db, pools, {
    // Nobody may hold more than a few unpaid.
    buyers: Math.max(6, slots),
    weeklyHours: Array.from({ length: 7 }, () => [[0, 1440]]),
    service: { setupMinutes: 0, minutesPerItem: 60, leadDays: 0, horizonDays: 60 },
  });
  const first = (Math.floor(Date.now() / DAY) + 2) * DAY;
  const buyers = Array.from({ length: processes }, () =>
    inProcess<string[]>(url, ['buy', JSON.stringify(market), String(first), String(slots), String(buyersPerSlot)]),
  );
  const result = await count(db, market, slots, (await Promise.all(buyers)).flat());
  await db.close();
  return result;
}

function inProcess<T>(url: string, words: string[]): Promise<T> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', import.meta.filename, url, ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, DATABASE_URL: url.startsWith('postgres') ? url : '' },
    });
    let said = '';
    child.stdout.on('data', (part) => {
      said += part;
    });
    child.on('exit', (code) => (code === 0 ? done(JSON.parse(said)) : fail(new Error(`a process of the contest ended with ${code}`))));
  });
}

async function count(db: Database, market: SharedMarket, slots: number, told: string[]): Promise<Contention> {
  return db.read(async (q) => {
    const cells = await q
      .select({ who: sql<string>`coalesce(${resource.workerId}, ${resource.id})`, cell: claim.cell, held: countAll() })
      .from(claim)
      .innerJoin(resource, eq(resource.id, claim.resourceId))
      .where(inArray(claim.poolId, market.poolIds))
      .groupBy(sql`coalesce(${resource.workerId}, ${resource.id})`, claim.cell);
    const perOrder = await q
      .select({ number: orders.number, cells: sql<number>`count(${claim.cell})`.mapWith(Number) })
      .from(orders)
      .leftJoin(claim, and(eq(claim.holderId, orders.id), ne(claim.poolId, NO_POOL)))
      .where(sql`${orders.centreId} = ${market.centreId}`)
      .groupBy(orders.number);
    const whole = new Set(perOrder.filter((order) => order.cells === 2).map((order) => order.number));
    return {
      places: slots * BENCHES,
      sold: told.length,
      overlaps: cells.filter((cell) => cell.held > 1).length + (perOrder.length - whole.size),
      lost: told.filter((number) => !whole.has(number)).length,
    };
  });
}

/** Every buyer wants a slot that others want too; neighbouring slots overlap by half. @returns numbers of the orders that were confirmed to them */
async function buy(url: string, market: SharedMarket, first: number, slots: number, buyers: number): Promise<string[]> {
  const db = openDatabase(url);
  const starts = Array.from({ length: slots * buyers }, (_, i) => first + (i % slots) * 2 * CELL + (i % 3 === 0 ? CELL : 0)).sort(
    () => Math.random() - 0.5,
  );
  const numbers: string[] = [];
  await Promise.all(
    starts.map(async (startAt, i) => {
      try {
        const placed = await holdSlot(
          { db, clock: Date.now },
          market.buyers[i % market.buyers.length] as SharedMarket['buyers'][number],
          formFor(market.services[i % market.services.length] as Service, startAt),
        );
        numbers.push(placed.number);
      } catch (error) {
        if (!isProblem(error) || error.code !== 'slot_taken') throw error;
      }
    }),
  );
  await db.close();
  return numbers;
}

if (process.argv[1] === import.meta.filename) {
  const [url, role, ...words] = process.argv.slice(2) as [string, string, ...string[]];
  const [first, second, third, fourth] = words as [string, string, string, string];
  const result =
    role === 'contest'
      ? await contest(url, JSON.parse(first))
      : await buy(url, JSON.parse(first), Number(second), Number(third), Number(fourth));
  process.stdout.write(JSON.stringify(result));
}
