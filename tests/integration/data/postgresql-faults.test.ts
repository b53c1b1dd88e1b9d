/** PostgreSQL restarted, silent, with replicas that lag, with transactions that stay open: on servers of this file's own. */
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { announce, followChanges } from '#app/core/change-feed.server.ts';
import { drainOutbox, enqueue } from '#app/core/outbox.server.ts';
import { tellModules } from '#app/http/modules.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { signOut } from '#app/modules/identity/sign-out.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { isOutOfReach, isUnsure } from '#db/errors.ts';
import { type DatabaseOptions, openDatabase } from '#db/open.server.ts';
import { centre, park } from '#db/schema/centres.ts';
import { cursor } from '#db/schema/core.ts';
import { orders } from '#db/schema/orders.ts';
import { resourceDay } from '#db/schema/scheduling.ts';
import { listeningSite } from '#tests/integration/http/site.ts';
import { newcomer, requestWith } from '#tests/integration/identity/people.ts';
import { freshDatabase, MONDAY, testSettings } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';
import { ask, startPair } from '#tests/support/postgresql.ts';
import { openTransaction } from './open-transaction.ts';

const row = (name: string) => ({ name, position: '', at: 1, count: 0 });

describe('a read that may lag', () => {
  it('is answered where everything is when there is no replica', async () => {
    const db = await freshDatabase();
    await db.write((tx) => tx.insert(cursor).values(row('a')));
    expect(await db.read((q) => q.select().from(cursor), 'reports')).toHaveLength(1);
  });
});

const NINE = shanghai('2026-11-24T09:00');
const ALL_DAY = { weeklyHours: Array.from({ length: 7 }, () => [[0, 1440]]) as never, service: { setupMinutes: 0, minutesPerItem: 60 } };
const silent = { info() {}, warn() {}, error() {} };

if (inject('engine') === 'postgresql') {
  let pair: Awaited<ReturnType<typeof startPair>>;
  let urls: { primary: string; replica: string };
  beforeAll(async () => {
    pair = await startPair();
    urls = await pair.create('faults');
    const db = openDatabase(urls.primary);
    await db.migrate();
    await db.close();
    await pair.caughtUp();
  });
  afterAll(() => pair?.stop());

  const open = (options: DatabaseOptions = {}) => {
    const db = openDatabase(urls.primary, options);
    onTestFinished(() => db.close());
    return db;
  };
  const depsOver = (db: ReturnType<typeof open>) => {
    const time = { now: MONDAY };
    return { db, clock: () => time.now, time, log: silent, settings: testSettings(), tell: tellModules };
  };

  describe('PostgreSQL restarted', () => {
    it('ends no process: what it interrupts fails or is done again, holds go on within a second, and no told order is lost', async () => {
      const db = open();
      const deps = depsOver(db);
      const market = await seedMarket(db, { pools: [6], buyers: 6, ...ALL_DAY });
      const told: string[] = [];
      const errors: unknown[] = [];
      let working = true;
      let next = 0;
      const buyers = Array.from({ length: 4 }, async () => {
        while (working) {
          const i = next++;
          const buyer = market.buyers[i % market.buyers.length] as (typeof market.buyers)[number];
          try {
            told.push((await holdSlot(deps, buyer, formFor(market.service, NINE + (i % 300) * 3_600_000))).number);
          } catch (error) {
            errors.push(error);
            await new Promise((resolve) => setTimeout(resolve, 20));
          }
        }
      });
      // Connections that lie idle, one inside a transaction that says nothing meanwhile, and one in the middle of a statement.
      const gate = Promise.withResolvers<void>();
      const runs: number[] = [];
      const idle = db.write(async (tx) => {
        runs.push(1);
        await tx.insert(cursor).values(row('idle'));
        if (runs.length === 1) await gate.promise;
      });
      await expect.poll(() => runs.length > 0 && told.length > 10, { timeout: 60_000 }).toBe(true);
      await pair.restart();
      const back = performance.now();
      const before = told.length;
      while (told.length === before) await new Promise((resolve) => setTimeout(resolve, 5));
      expect(performance.now() - back).toBeLessThan(1000);
      gate.resolve();
      await idle;
      working = false;
      await Promise.all(buyers);
      expect(errors.filter((error) => !isOutOfReach(error) && !isUnsure(error))).toEqual([]);
      const kept = new Set((await db.read((q) => q.select({ number: orders.number }).from(orders))).map(({ number }) => number));
      expect(told.filter((number) => !kept.has(number))).toEqual([]);
      expect(await db.read((q) => q.select().from(cursor).where(eq(cursor.name, 'idle')))).toHaveLength(1);
    });
  });

  describe('a PostgreSQL that is silent', () => {
    it('is answered for with 503, by /readyz in its own time, and is back by itself', async () => {
      const env = { DATABASE_STATEMENT_SECONDS: '0.5', DATABASE_CONNECT_SECONDS: '0.5', DATABASE_WAIT_SECONDS: '0.4' };
      const site = await listeningSite({ env, databaseUrl: urls.primary });
      const timed = async (path: string) => {
        const began = performance.now();
        const { status } = await fetch(site.url + path);
        return { status, ms: performance.now() - began };
      };
      expect((await timed('/keep')).status).toBe(200);
      pair.freeze();
      try {
        const [page, ready, alive] = await Promise.all([timed('/keep'), timed('/readyz'), timed('/healthz')]);
        expect(page.status).toBe(503);
        expect(page.ms).toBeLessThan(8000);
        expect(ready.status).toBe(503);
        expect(ready.ms).toBeLessThan(4000);
        expect(alive.status).toBe(200);
        expect(alive.ms).toBeLessThan(1000);
      } finally {
        pair.thaw();
      }
      await expect.poll(async () => (await timed('/readyz')).status, { timeout: 10_000 }).toBe(200);
      expect((await timed('/keep')).status).toBe(200);
    });
  });

  describe('replicas that lag', () => {
    it('are never asked for what follows a write: sessions, own orders, effects', async () => {
      await pair.caughtUp();
      await pair.pause();
      const deps = depsOver(open({ readReplicas: [urls.replica] }));
      const { cookie, viewer } = await newcomer(deps, 'lag@example.com');
      expect(viewer.person.email).toBe('lag@example.com');
      const market = await seedMarket(deps.db, { pools: [1] });
      const [buyer] = market.buyers;
      if (!buyer) throw new Error('no buyer');
      const { number } = await holdSlot(deps, buyer, formFor(market.service, NINE));
      expect((await viewOrder(deps, buyer, number)).number).toBe(number);
      const done: string[] = [];
      await deps.db.write((tx) => enqueue(tx, { topic: 'lagging', payload: {} }, MONDAY));
      expect(await drainOutbox(deps, { lagging: async (_payload, { id }) => void done.push(id) }, 'x')).toBe(1);
      await signOut(deps, requestWith(cookie));
      expect(await getViewer(deps, requestWith(cookie))).toBeNull();
      await pair.resume();
    });

    it('give the reports, from what they have; one that is gone is done without', async () => {
      const deps = depsOver(open({ readReplicas: [urls.replica] }));
      const market = await seedMarket(deps.db, { pools: [1] });
      const own = { ...market.manager, organisationKind: 'park', role: 'administrator' } as const;
      const monday = Math.floor(MONDAY / 86_400_000);
      const week = { firstWeek: Math.floor((monday + 3) / 7), lastWeek: Math.floor((monday + 3) / 7) };
      await deps.db.write(async (tx) => {
        await tx
          .insert(park)
          .values({ id: market.centreId, slug: market.centreId, nameZh: 'P', nameEn: 'P', cityZh: 'S', cityEn: 'S', ...own });
        await tx.update(centre).set({ parkId: market.centreId }).where(eq(centre.id, market.centreId));
      });
      await pair.caughtUp();
      await pair.pause();
      const day = { poolId: market.poolIds[0] as string, day: monday, resourceId: market.resourceIds[0]?.[0] as string };
      await deps.db.write((tx) => tx.insert(resourceDay).values({ ...day, openMinutes: 60, bookedMinutes: 60, usedMinutes: 0 }));
      const booked = async () => (await viewUtilization(deps, own, week)).now.totals.equipment.booked;
      expect(await booked()).toBe(0);
      await pair.resume();
      await expect.poll(booked, { timeout: 10_000 }).toBe(60);
      const lost = depsOver(open({ readReplicas: ['postgres://nobody@127.0.0.1:1/none'] }));
      expect((await viewUtilization(lost, own, week)).now.totals.equipment.booked).toBe(60);
    });

    it('lose no change of the catalogue, whichever of two is behind', async () => {
      const deps = depsOver(open({ readReplicas: [urls.replica, urls.primary] }));
      const market = await seedMarket(deps.db, { pools: [1] });
      const live = loadCatalogue(deps);
      expect((await live.current()).services.has(market.service.id)).toBe(true);
      await pair.caughtUp();
      await pair.pause();
      for (const status of ['paused', 'published', 'paused'] as const) {
        await setServiceStatus(deps, market.manager, market.service.id, status);
        expect((await live.current()).services.has(market.service.id)).toBe(status === 'published');
      }
      await pair.resume();
      await pair.caughtUp();
      for (let i = 0; i < 4; i++) expect((await live.current()).services.has(market.service.id)).toBe(false);
    });
  });

  describe('the feed of changes', () => {
    const opened = () => openTransaction(urls.primary);
    const refs = (changes: { ref: string }[]) => changes.map(({ ref }) => ref);

    it('gives what a transaction announced that was open for long, also one that was open before anybody followed', async () => {
      const { db, time, clock } = depsOver(open());
      const early = await opened();
      await early.announce('early', time.now);
      await db.write((tx) => announce(tx, 'centre', 'known', time.now));
      const follow = followChanges({ db, clock });
      expect(await follow()).toEqual([]);
      const slow = await opened();
      await slow.announce('slow', time.now);
      for (let i = 0; i < 3; i++) {
        await db.write((tx) => announce(tx, 'centre', `quick ${i}`, time.now));
        expect(refs(await follow())).toEqual([`quick ${i}`]);
        time.now += 14_000;
      }
      await slow.end('COMMIT');
      expect(refs(await follow())).toEqual(['slow']);
      await early.end('COMMIT');
      expect(refs(await follow())).toEqual(['early']);
      expect(await follow()).toEqual([]);
    });

    it('gives every committed change once, however transactions overlap', async () => {
      const db = open();
      const kinds = ['begin', 'announce', 'announce', 'announce', 'commit', 'rollback'] as const;
      const step = fc.record({ do: fc.constantFrom(...kinds), which: fc.nat(3), looks: fc.boolean() });
      // The open one has the highest number, and a snapshot ends behind the last one that has ended.
      const highestOpen = (['begin', 'announce', 'begin', 'announce', 'announce', 'commit', 'announce'] as const).map((what, i) => ({
        ...{ do: what, which: i === 3 ? 1 : 0, looks: i === 6 },
      }));
      let runs = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 30 }), async (steps) => {
          const run = ++runs;
          const time = { now: MONDAY };
          const follow = followChanges({ db, clock: () => time.now });
          await follow();
          const transactions: (Awaited<ReturnType<typeof opened>> & { announced: string[] })[] = [];
          const wanted: string[] = [];
          const given: string[] = [];
          const end = async (how: 'COMMIT' | 'ROLLBACK', one: (typeof transactions)[number]) => {
            await one.end(how);
            if (how === 'COMMIT') wanted.push(...one.announced);
          };
          for (const [i, it] of steps.entries()) {
            time.now += 14_000;
            if (it.do === 'begin' && transactions.length < 4) transactions.push({ ...(await opened()), announced: [] });
            else if (it.do !== 'begin' && transactions.length > 0) {
              const at = it.which % transactions.length;
              const one = transactions[at] as (typeof transactions)[number];
              if (it.do === 'announce') {
                await one.announce(`${run} ${i}`, time.now);
                one.announced.push(`${run} ${i}`);
              } else await end(it.do === 'commit' ? 'COMMIT' : 'ROLLBACK', ...(transactions.splice(at, 1) as [typeof one]));
            }
            if (it.looks) given.push(...refs(await follow()));
          }
          for (const one of transactions) await end('COMMIT', one);
          given.push(...refs(await follow()));
          expect(given.toSorted()).toEqual(wanted.toSorted());
          expect(await follow()).toEqual([]);
        }),
        { numRuns: 12, examples: [[highestOpen]] },
      );
    });
  });

  describe('holds on one pool', () => {
    it('of two processes do not undo one another', async () => {
      const dbs = [open(), open()] as const;
      const market = await seedMarket(dbs[0], { pools: [6], buyers: 6, ...ALL_DAY });
      const undone = async () => {
        // What a connection has counted is told when it has been quiet for a moment.
        await new Promise((resolve) => setTimeout(resolve, 1200));
        await Promise.all(dbs.map((db) => db.read((q) => q.$count(cursor))));
        const [{ n }] = await ask(urls.primary, 'SELECT xact_rollback::int AS n FROM pg_stat_database WHERE datname = current_database()');
        return n as number;
      };
      const before = await undone();
      const HOLDS = 80;
      await Promise.all(
        Array.from({ length: HOLDS }, (_, i) => {
          const buyer = market.buyers[i % market.buyers.length] as (typeof market.buyers)[number];
          const deps = depsOver(dbs[i % 2 === 0 ? 0 : 1]);
          return holdSlot(deps, buyer, formFor(market.service, NINE + (i % 40) * 3_600_000));
        }),
      );
      expect((await undone()) - before).toBeLessThan(HOLDS / 10);
    });
  });
}
