/** Pages, against a bare Remix application that shows as much. */

import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { interleaved, type Line, ratioLine } from './measure.ts';
import { load, residentMb, type Server, signIn, startBare, startOurs } from './servers.ts';

const SECONDS = 3;
const PASSWORD = 'hengji-demo-2026';

async function bytesOf(url: string, cookie = ''): Promise<number> {
  const answer = await fetch(url, { headers: { 'accept-encoding': 'identity', Cookie: cookie } });
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`);
  return (await answer.arrayBuffer()).byteLength;
}

/** The bare page of as many bytes: found by trying, since the framework's own part is in it. */
async function bareOfSize(bare: Server, bytes: number): Promise<string> {
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
  const sameSize = await bareOfSize(bare, await bytesOf(orders, sme));
  const { poolId, from, until } = busyPool(ours);
  const calendar = `${ours.url}/centre/calendar?pool=${poolId}`;
  return [
    ratioLine(
      'catalogue search page, words + two facets, 24 results',
      await interleaved(
        rounds,
        () => load(search, SECONDS),
        () => load(`${bare.url}/rows?family=calibration`, SECONDS),
      ),
      '/s',
      { floor: 0.5, goal: 0.7 },
    ),
    ratioLine(
      'a signed-in page (orders)',
      await interleaved(
        rounds,
        () => load(orders, SECONDS, { Cookie: sme }),
        () => load(sameSize, SECONDS),
      ),
      '/s',
      { floor: 0.5, goal: 0.7 },
    ),
    ratioLine(
      "a pool's week calendar",
      await interleaved(
        rounds,
        () => load(calendar, SECONDS, { Cookie: gusu }),
        () => load(`${bare.url}/week?pool=${poolId}&from=${from}&until=${until}`, SECONDS),
      ),
      '/s',
      { floor: 0.5 },
    ),
  ];
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
