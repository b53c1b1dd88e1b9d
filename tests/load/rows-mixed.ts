/** A busy day in some minutes: how long the request thread is held at most, and what memory is left taken when it is over. */
import Sqlite from 'better-sqlite3';
import { format, type Line } from './measure.ts';
import { type MixedLoad, mixedLoad } from './mixed-load.ts';
import { holdMarket, signedInFirms } from './rows-booking.ts';
import { residentMb, type Server, settled, startBare, startOurs } from './servers.ts';
import { startWatched } from './watched-site.ts';

const STALL_FLOOR_MS = 100;
const STALL_GOAL_MS = 30;
const MEMORY_FLOOR = 2.2;
const MEMORY_GOAL = 1.6;
/** Slots made ready for holds: more than are held in the time. */
const MOST_HOLDS = 12_000;
const WARM_SECONDS = 20;
/** Workers end five minutes after the last work, and what they kept with them (core/workers.server.ts): only then the site is at rest. */
const REST_MS = 330_000;

/** The administrator of the demonstration's park looks after the large one. */
function giveLargePark(file: string): void {
  const db = new Sqlite(file);
  db.exec(`UPDATE membership SET organisation_id = 'bench-park' WHERE person_id = (SELECT id FROM person WHERE email = 'park.suzhou@demo.hengji.example')
    AND EXISTS (SELECT 1 FROM organisation WHERE id = 'bench-park')`);
  db.close();
}

async function openShop(file: string) {
  giveLargePark(file);
  const { db, market } = await holdMarket(file, MOST_HOLDS);
  const cookies = await signedInFirms(db, market);
  await db.close();
  return { service: market.service, cookies };
}

const shopOf = (server: Server, { service, cookies }: Awaited<ReturnType<typeof openShop>>) => ({ server, service, cookies, cookie: '' });

/** @param market with a park of 500 centres */
export async function longestStall(market: string, seconds: number): Promise<Line[]> {
  const shop = await openShop(market);
  const { site: ours, stalls } = await startWatched(market);
  try {
    await settled(ours);
    await mixedLoad(shopOf(ours, shop), WARM_SECONDS);
    await stalls();
    const load = await mixedLoad(shopOf(ours, shop), seconds, MOST_HOLDS / 2);
    const [longest = Number.NaN, ...others] = await stalls();
    return [
      {
        row: 'longest stall of the request thread under mixed load with imports, a park of 500 centres, pictures and ten sign-ins',
        ours: `${format(longest)} ms`,
        limit: '–',
        goal: `≤ ${STALL_FLOOR_MS} ms (goal ${STALL_GOAL_MS})`,
        pass: longest <= STALL_FLOOR_MS,
        note: `then ${others.slice(0, 9).map(format).join(', ')}; ${toldOf(load, seconds)}`,
      },
    ];
  } finally {
    await ours.stop();
  }
}

/** A few minutes stand for the hour: what an hour would pile up is what the minutes do, many times over. */
export async function memoryAfterLoad(demonstration: string, seconds: number): Promise<Line[]> {
  const shop = await openShop(demonstration);
  const [ours, bare] = [await startOurs(demonstration, { TRUSTED_PROXIES: '1' }), await startBare(demonstration)];
  try {
    await Promise.all([settled(ours), settled(bare)]);
    const limit = residentMb(bare.pid);
    const atFirst = residentMb(ours.pid);
    const load = await mixedLoad(shopOf(ours, shop), seconds);
    const atOnce = residentMb(ours.pid);
    await new Promise((rest) => setTimeout(rest, REST_MS));
    await settled(ours);
    const left = residentMb(ours.pid);
    return [
      {
        row: `memory after ${Math.round(seconds / 60)} minutes of mixed load (for the hour) and back at rest, against bare Remix at rest`,
        ours: `${Math.round(left)} MB`,
        limit: `${Math.round(limit)} MB`,
        ratio: left / limit,
        spread: [left / limit, left / limit],
        goal: `≤ ${MEMORY_FLOOR} × (goal ${MEMORY_GOAL})`,
        pass: left / limit <= MEMORY_FLOOR,
        note: `before it ${Math.round(atFirst)} MB, at its end ${Math.round(atOnce)} MB; ${toldOf(load, seconds)}`,
      },
    ];
  } finally {
    await Promise.all([ours.stop(), bare.stop()]);
  }
}

/** What was done meanwhile; anything answered otherwise than expected makes the row worthless, and is said. */
function toldOf({ done, troubles }: MixedLoad, seconds: number): string {
  const list = (map: Map<string, number>) => [...map].map(([what, times]) => `${what} ${times}`).join(', ');
  return `in ${seconds} s: ${list(done)}${troubles.size > 0 ? `; NOT AS EXPECTED: ${list(troubles)}` : ''}`;
}
