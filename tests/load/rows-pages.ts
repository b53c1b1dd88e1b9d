/** Pages, against a bare Remix application that shows as much. */

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { interleaved, type Line, ratioLine } from './measure.ts';
import { load, residentMb, type Server, signIn, startBare, startOurs } from './servers.ts';

const SECONDS = 3;
const PASSWORD = 'hengji-demo-2026';

export async function bytesOf(url: string, cookie = ''): Promise<number> {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity', Cookie: cookie } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.arrayBuffer()).byteLength;
}

/** The bare page of as many bytes: found by trying, since the framework's own part is in it. */
export async function bareOfSize(bare: Server, bytes: number): Promise<string> {
  const small = await bytesOf(`${bare.url}/bytes?lines=1`);
  const perLine = ((await bytesOf(`${bare.url}/bytes?lines=101`)) - small) / 100;
  return `${bare.url}/bytes?lines=${Math.max(1, Math.round((bytes - small) / perLine))}`;
}

export async function pages(ours: Server, bare: Server, rounds: number): Promise<Line[]> {
  const search = `${ours.url}/search?q=${encodeURIComponent('校准')}&family=calibration&city=suzhou`;
  const shown = ((await (await fetch(search)).text()).match(/<article/g) ?? []).length;
  if (shown !== 24) throw new Error(`the search page shows ${shown} results, not 24`);
  const sme = await signIn(ours.url, 'lingyu@demo.hengji.example', PASSWORD);
  const gusu = await signIn(ours.url, 'gusu@demo.hengji.example', PASSWORD);
  const orders = `${ours.url}/orders`;
  const firm = await signIn(ours.url, tenThousandOrders(join(ours.folder, 'hengji.sqlite')), PASSWORD);
  const sameSize = await bareOfSize(bare, await bytesOf(orders, sme));
  const listSize = await bareOfSize(bare, await bytesOf(orders, firm));
  const homeSize = await bareOfSize(bare, await bytesOf(`${ours.url}/`));
  const { poolId, from, until } = busyPool(ours);
  const calendar = `${ours.url}/centre/calendar?pool=${poolId}`;
  return [
    ratioLine(
      'catalogue search page, words + two facets, 24 results, drawn each time',
      await interleaved(
        rounds,
        () => load(search, SECONDS, {}, 'never kept'),
        () => load(`${bare.url}/rows?family=calibration`, SECONDS),
      ),
      '/s',
      { floor: 0.55, goal: 0.75 },
    ),
    ratioLine(
      'the same, asked for again and again',
      await interleaved(
        rounds,
        () => load(search, SECONDS),
        () => load(`${bare.url}/rows?family=calibration`, SECONDS),
      ),
      '/s',
      { floor: 1 },
    ),
    ratioLine(
      'home page, drawn each time',
      await interleaved(
        rounds,
        () => load(`${ours.url}/`, SECONDS, {}, 'never kept'),
        () => load(homeSize, SECONDS),
      ),
      '/s',
      { floor: 0.5 },
    ),
    ratioLine(
      'a signed-in page (orders)',
      await interleaved(
        rounds,
        () => load(orders, SECONDS, { Cookie: sme }),
        () => load(sameSize, SECONDS),
      ),
      '/s',
      { floor: 0.55, goal: 0.75 },
    ),
    ratioLine(
      'the same, of a firm with 10,000 orders',
      await interleaved(
        rounds,
        () => load(orders, SECONDS, { Cookie: firm }),
        () => load(listSize, SECONDS),
      ),
      '/s',
      { floor: 0.5 },
    ),
    ratioLine(
      "a pool's week calendar",
      await interleaved(
        rounds,
        () => load(calendar, SECONDS, { Cookie: gusu }),
        () => load(`${bare.url}/week?pool=${poolId}&from=${from}&until=${until}`, SECONDS),
      ),
      '/s',
      { floor: 0.55, goal: 0.75 },
    ),
  ];
}

const MANY_ORDERS = 10_000;
const OFTEN = ['closed', 'closed', 'closed', 'closed', 'closed', 'closed', 'confirmed', 'received', 'in_service', 'cancelled'];

/** A firm's orders of three years, an hour between two of them, copied from what the demonstration has. @returns who signs in for it */
function tenThousandOrders(file: string): string {
  const email = 'hengchi@demo.hengji.example';
  const db = new Sqlite(file);
  const buyer = db
    .prepare('SELECT m.organisation_id FROM person p JOIN membership m ON m.person_id = p.id WHERE p.email = ?')
    .pluck()
    .get(email);
  const models = db.prepare('SELECT * FROM orders LIMIT 40').all() as Record<string, unknown>[];
  const columns = Object.keys(models[0]!);
  const insert = db.prepare(`INSERT INTO orders (${columns.join(', ')}) VALUES (${columns.map((column) => `@${column}`).join(', ')})`);
  const item = db.prepare(
    "INSERT INTO order_item (order_id, position, name, maker, model, serial) VALUES (?, 0, '外径千分尺', '', '0–25', ?)",
  );
  const now = Date.now();
  db.transaction(() => {
    for (let i = 0; i < MANY_ORDERS; i++) {
      const [id, at] = [`many-${String(i).padStart(5, '0')}`, now - i * 3_600_000];
      const key = { id, number: `HJ-MANY-${i}`, submission_key: id, buyer_id: buyer, progress: OFTEN[i % OFTEN.length] };
      insert.run({ ...models[i % models.length], ...key, created_at: at, updated_at: at, start_at: at, end_at: at });
      item.run(id, `SN-${i}`);
    }
  })();
  db.close();
  return email;
}

/** The demonstration centre's busiest pool this week, and the week in cells. */
function busyPool(ours: Server): { poolId: string; from: number; until: number } {
  const db = new Sqlite(join(ours.folder, 'hengji.sqlite'), { readonly: true });
  const day = Math.floor((Date.now() + 8 * 3_600_000) / 86_400_000);
  const monday = day - ((day + 3) % 7);
  const from = (monday * 86_400_000 - 8 * 3_600_000) / 1_800_000;
  const until = from + 7 * 48;
  const row = db
    .prepare(
      `SELECT c.pool_id AS poolId FROM claim c JOIN pool p ON p.id = c.pool_id JOIN centre x ON x.id = p.centre_id WHERE x.slug = 'gusu-precision' AND c.cell >= ? AND c.cell < ? GROUP BY c.pool_id ORDER BY count(*) DESC LIMIT 1`,
    )
    .get(from, until) as { poolId: string };
  db.close();
  return { poolId: row.poolId, from, until };
}

const BENCHES = 30;
const MOST_MONTH_BYTES = 200_000;

/** A month of thirty benches, against as many cells of the rollup by one statement. */
export async function monthPage(ours: Server, bare: Server, rounds: number): Promise<Line[]> {
  const { poolId } = busyPool(ours);
  thirtyBenches(join(ours.folder, 'hengji.sqlite'), poolId);
  thirtyBenches(join(bare.folder, 'bare.sqlite'), poolId);
  const month = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 7);
  const page = `${ours.url}/centre/calendar/month?month=${month}&pool=${poolId}`;
  const cookie = await signIn(ours.url, 'gusu@demo.hengji.example', PASSWORD);
  const bytes = await bytesOf(page, cookie);
  const first = Math.floor(Date.parse(`${month}-01`) / 86_400_000);
  const pairs = await interleaved(
    rounds,
    () => load(page, SECONDS, { Cookie: cookie }),
    () => load(`${bare.url}/month?pool=${poolId}&from=${first}&until=${first + 30}`, SECONDS),
  );
  return [
    ratioLine('month view of 30 benches', pairs, '/s', { floor: 0.4 }),
    {
      row: 'month view of 30 benches: the page',
      ours: `${(bytes / 1000).toFixed(0)} kB`,
      limit: '–',
      goal: '≤ 200 kB',
      pass: bytes <= MOST_MONTH_BYTES,
    },
  ];
}

/** Benches to make thirty of the pool, each with a month of open and booked minutes. */
function thirtyBenches(file: string, poolId: string): void {
  const db = new Sqlite(file);
  const has = db.prepare('SELECT count(*) FROM resource WHERE pool_id = ?').pluck().get(poolId) as number;
  const today = Math.floor(Date.now() / 86_400_000);
  const bench = db.prepare(`INSERT INTO resource (id, pool_id, name_zh, name_en, position) VALUES (?, ?, ?, ?, ?)`);
  const day = db.prepare(
    `INSERT INTO resource_day (pool_id, day, resource_id, open_minutes, booked_minutes, used_minutes) VALUES (?, ?, ?, 420, ?, 0)`,
  );
  db.transaction(() => {
    for (let i = has; i < BENCHES; i++) {
      bench.run(`month-${i}`, poolId, `工位 ${i}`, `Bench ${i}`, i);
      for (let d = today - 31; d <= today + 31; d++) day.run(poolId, d, `month-${i}`, ((i * 7 + d * 13) % 15) * 30);
    }
  })();
  db.close();
}

/** From the start of the process to the first answer, and memory at rest; both over the demonstration as it is seeded. */
export async function startAndMemory(demonstration: string, rounds: number): Promise<Line[]> {
  const starts: { ours: number; limit: number }[] = [];
  const memory: { ours: number; limit: number }[] = [];
  for (let i = 0; i < rounds; i++) {
    const [ours, bare] = [await startOurs(demonstration), await startBare(demonstration)];
    await new Promise((rest) => setTimeout(rest, 2000));
    starts.push({ ours: ours.startMs, limit: bare.startMs });
    memory.push({ ours: residentMb(ours.pid), limit: residentMb(bare.pid) });
    await Promise.all([ours.stop(), bare.stop()]);
  }
  return [
    ratioLine('start to first answer', starts, 'ms', { ceiling: 3 }),
    ratioLine('memory at rest (with the simulated payment service inside)', memory, 'MB', { ceiling: 2 }),
  ];
}
