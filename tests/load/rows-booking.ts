/** Booking: the hold as a use case and as a request, what the rollup costs it, and the whole way to a confirmed order. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { parseSettings } from '#app/core/settings.ts';
import { billFor } from '#app/modules/catalogue/bill.ts';
import { startSession } from '#app/modules/identity/sessions.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { fingerprint } from '#app/modules/orders/price.ts';
import { MOST_UNPAID_ORDERS } from '#app/modules/orders/unpaid-limit.ts';
import { addMinutes } from '#app/modules/scheduling/book-minutes.server.ts';
import { openSqlite } from '#db/sqlite.server.ts';
import { formFor, type Market, seedMarket } from '#tests/support/market.ts';
import { interleaved, type Line, median, rate, ratioLine, WARM_UPS } from './measure.ts';
import { type Server, signIn } from './servers.ts';

const CELL = 1_800_000;
const DAY = 86_400_000;
/** So many bookings on their way at once. */
const BUYERS = 8;
/** Each firm may hold so many unpaid: the holds of a run are spread over as many firms as that takes. */
const firmsFor = (holds: number) => Math.max(BUYERS, Math.ceil(holds / MOST_UNPAID_ORDERS));
/** Open around the clock, so that slots last for all rounds; one cell a job. */
const ALWAYS = Array.from({ length: 7 }, () => [[0, 1440]] as [number, number][]);
const SERVICE = { setupMinutes: 0, minutesPerItem: 30, leadDays: 0, horizonDays: 60, slug: 'bench-hold' };

/** @param holds made in all, none of them paid */
export const holdMarket = (file: string, holds: number) => {
  const db = openSqlite(file);
  return seedMarket(db, { pools: [24], buyers: firmsFor(holds), weeklyHours: ALWAYS, service: SERVICE }).then((market) => ({ db, market }));
};

/** Slot i, counted from tomorrow: a day has 48 cells, a cell 24 benches. */
const slot = (i: number) => (Math.floor(Date.now() / DAY) + 2) * DAY + Math.floor(i / 24) * CELL;

const bareBooking = (file: string) => {
  const db = new Sqlite(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = ON');
  db.exec(
    'CREATE TABLE IF NOT EXISTS bare_claim (resource TEXT NOT NULL, cell INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (resource, cell))',
  );
  const find = db.prepare('SELECT 1 FROM bare_claim WHERE resource = ? AND cell = ?');
  const insert = db.prepare('INSERT INTO bare_claim (resource, cell, at) VALUES (?, ?, ?)');
  const book = db.transaction((resource: string, cell: number) => {
    if (!find.get(resource, cell)) insert.run(resource, cell, Date.now());
  });
  return { book: book.immediate, close: () => db.close() };
};

export async function holdUseCase(file: string, rounds: number, count: number): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'hengji-bench-hold-'));
  const copy = join(folder, 'ours.sqlite');
  copyFileSync(file, copy);
  const { db, market } = await holdMarket(copy, (rounds + WARM_UPS + 1) * count);
  const bare = bareBooking(join(folder, 'bare.sqlite'));
  const deps = { db, clock: Date.now };
  let next = 0;
  let cell = 0;
  const hold = () => {
    const i = next++;
    return holdSlot(deps, market.buyers[i % market.buyers.length] as Market['buyers'][number], formFor(market.service, slot(i)));
  };
  const ours = () => rate(count, BUYERS, hold);
  const pairs = await interleaved(rounds, ours, async () => rate(count, 1, async () => bare.book('r', cell++)));
  const alone = await rate(count, 1, hold);
  const rollup = await rollupShare(db, market, count, median(pairs.map((pair) => pair.ours)));
  bare.close();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
  const line = ratioLine(`hold a slot, use case, ${BUYERS} at a time`, pairs, '/s', { floor: 0.5 });
  return [{ ...line, note: `one after another ${Math.round(alone)} /s` }, rollup];
}

/** The rollup's statements by themselves, in transactions as large as the holds' are: their share of a hold's time. */
async function rollupShare(db: Awaited<ReturnType<typeof holdMarket>>['db'], market: Market, count: number, holds: number): Promise<Line> {
  const poolId = market.poolIds[0] as string;
  const began = performance.now();
  for (let from = 0; from < count; from += BUYERS)
    await db.write(async (tx) => {
      for (let i = 0; i < BUYERS; i++)
        await addMinutes(tx, { poolId, day: 30_000 + (from % 60), resourceId: `none${i}`, booked: 30, used: 0 }, 480);
    });
  const commits = await emptyCommits(db, count / BUYERS);
  const perHold = (performance.now() - began - 2 * commits) / count;
  const share = Math.max(0, perHold / (1000 / holds));
  return {
    row: 'keeping the rollup: share of a hold',
    ours: `${(share * 100).toFixed(1)} %`,
    limit: '–',
    goal: '≤ 25 %',
    pass: share <= 0.25,
  };
}

async function emptyCommits(db: Awaited<ReturnType<typeof holdMarket>>['db'], count: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < count; i++) await db.write(async () => undefined);
  return performance.now() - began;
}

/** As the booking page sends it. */
const bookingBody = (i: number, service: Market['service']) =>
  new URLSearchParams({
    intent: 'book',
    quantity: '1',
    startAt: String(slot(i)),
    deliveryMode: 'at_centre',
    'rows.0.name': 'Micrometer',
    submissionKey: `bench-${i}-${process.pid}`,
    shownPrice: fingerprint(billFor(service, { quantity: 1, deliveryMode: 'at_centre', expedited: false }), service.cancelPolicy),
  });

/** A session of each firm that books; and one of the demonstration's, who pays at once. */
export type HoldShop = { server: Server; cookies: readonly string[]; cookie: string; service: Market['service'] };

/** One hold over HTTP. @returns the order's address */
export async function postHold({ server, service }: HoldShop, i: number, cookie: string): Promise<string> {
  const answer = await fetch(`${server.url}/services/${service.slug}/book`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Cookie: cookie, Origin: server.url },
    body: bookingBody(i, service),
  });
  const to = answer.headers.get('location') ?? '';
  await answer.arrayBuffer();
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`booking answered ${answer.status}`);
  return to;
}

export async function holdRequest(shop: HoldShop, bare: Server, rounds: number, count: number, offset: number): Promise<Line> {
  let next = offset;
  let cell = 0;
  const pairs = await interleaved(
    rounds,
    () => rate(count, 8, () => postHold(shop, next, shop.cookies[next++ % shop.cookies.length] as string)),
    () =>
      rate(count, 8, async () => {
        const answer = await fetch(`${bare.url}/book`, {
          method: 'POST',
          redirect: 'manual',
          body: new URLSearchParams({ resource: 'r', cell: String(cell++) }),
        });
        await answer.arrayBuffer();
        if (answer.status !== 303) throw new Error(`the bare booking answered ${answer.status}`);
      }),
  );
  return ratioLine('hold a slot, HTTP POST', pairs, '/s', { floor: 0.55 });
}

const WARM_UP_FLOWS = 80;

/** Found → held → paid at the emulator → confirmed by its webhook, 8 at a time. */
export async function paidFlow(shop: HoldShop, rounds: number, count: number, offset: number): Promise<Line> {
  const { server, cookie } = shop;
  const numbers: string[] = [];
  const send = async (url: string, init: RequestInit = {}) => {
    const answer = await fetch(url, {
      redirect: 'manual',
      ...init,
      headers: { Cookie: cookie, Origin: new URL(url).origin, ...init.headers },
    });
    await answer.arrayBuffer();
    return answer;
  };
  const flow = async (i: number) => {
    await send(`${server.url}/search?q=%E6%A0%A1%E5%87%86&family=calibration`);
    const order = new URL(await postHold(shop, i, cookie), server.url).pathname;
    numbers.push(order.split('/').at(-1) as string);
    const pay = await send(`${server.url}${order}/pay`, { method: 'POST', body: new URLSearchParams() });
    const checkout = pay.headers.get('location') ?? '';
    const paid = await send(checkout, { method: 'POST', body: new URLSearchParams({ pay: 'card succeed' }) });
    const back = paid.headers.get('location') ?? '';
    const landed = await send(back);
    if (landed.status >= 400) throw new Error(`landing answered ${landed.status}`);
  };
  const rates: number[] = [];
  let next = offset;
  // The first of a process load the gateway's library and what it pays by.
  await rate(WARM_UP_FLOWS, 8, () => flow(next++));
  for (let round = 0; round < rounds; round++) rates.push(await rate(count, 8, () => flow(next++)));
  const confirmed = confirmedOf(join(server.folder, 'hengji.sqlite'), numbers);
  if (confirmed !== numbers.length) throw new Error(`${numbers.length - confirmed} of ${numbers.length} paid orders are not confirmed`);
  return {
    row: 'found → held → paid → confirmed, 8 at a time',
    ours: `${Math.round(median(rates))} /s [${Math.round(Math.min(...rates))}–${Math.round(Math.max(...rates))}]`,
    limit: '–',
    goal: '≥ 60 /s (goal 120)',
    pass: median(rates) >= 60,
  };
}

function confirmedOf(file: string, numbers: string[]): number {
  const db = new Sqlite(file, { readonly: true });
  const find = db.prepare(`SELECT 1 FROM orders WHERE number = ? AND progress = 'confirmed' AND payment = 'paid'`);
  const count = numbers.filter((number) => find.get(number)).length;
  db.close();
  return count;
}

/** A session of each firm, as signing in would begin it. */
export async function signedInFirms(db: Awaited<ReturnType<typeof holdMarket>>['db'], market: Market): Promise<string[]> {
  const read = parseSettings({});
  if ('bad' in read) throw new Error('the settings of a development machine are refused');
  const deps = { db, clock: Date.now, settings: read.settings };
  const from = { address: '127.0.0.1', userAgent: 'bench' };
  const cookies: string[] = [];
  for (const { personId, organisationId } of market.buyers)
    cookies.push((await db.write((tx) => startSession(tx, deps, personId, from, organisationId))).split(';')[0] as string);
  return cookies;
}

/** A server over the market with slots for all rounds, and a buyer signed in. */
export async function holdShop(server: Server, service: Market['service'], cookies: readonly string[]): Promise<HoldShop> {
  return { server, service, cookies, cookie: await signIn(server.url, 'lingyu@demo.hengji.example', 'hengji-demo-2026') };
}
