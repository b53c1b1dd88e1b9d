import { asc, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { firstBroken } from '#app/core/audit.server.ts';
import { billFor } from '#app/modules/catalogue/bill.ts';
import { contentOf, listingTexts, readListing } from '#app/modules/catalogue/listing/listing-content.ts';
import { isEmpty } from '#app/modules/centres/is-empty.server.ts';
import { passwordMatches } from '#app/modules/identity/passwords.server.ts';
import { unbalancedTransactions } from '#app/modules/payments/ledger.server.ts';
import { minutesPerDay } from '#app/modules/scheduling/book-minutes.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { cellStart, cellsWithin } from '#app/modules/scheduling/grid.ts';
import { FOR_EVER, loadPools, type PoolAvailability, withClosures } from '#app/modules/scheduling/load-pool-facts.server.ts';
import { dayNumber } from '#app/modules/scheduling/local-day.ts';
import { openMinutes } from '#app/modules/scheduling/open-minutes.ts';
import { openIntervals } from '#app/modules/scheduling/working-calendar.ts';
import type { Database } from '#db/open.server.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability, servicePool, specification } from '#db/schema/catalogue.ts';
import { accreditation, centre, park } from '#db/schema/centres.ts';
import { auditLog, cursor } from '#db/schema/core.ts';
import { membership, organisation, person } from '#db/schema/identity.ts';
import { orderEvent, orderItem, orders } from '#db/schema/orders.ts';
import { ledgerEntry, ledgerTransaction, paymentAttempt, refund } from '#db/schema/payments.ts';
import { claim, closure, pool, poolVersion, resource, resourceDay } from '#db/schema/scheduling.ts';
import { fromSeed, type SeedRow } from '#seeds/capability-row.ts';
import capabilityRows from '#seeds/data/capabilities.json' with { type: 'json' };
import { seedId } from '#seeds/ids.ts';
import { demonstrationAccounts, seed } from '#seeds/seed.ts';
import { testDeps } from '#tests/support/database.ts';

const TABLES = {
  accreditation,
  auditLog,
  capability,
  centre,
  claim,
  closure,
  cursor,
  ledgerEntry,
  ledgerTransaction,
  membership,
  orderEvent,
  orderItem,
  orders,
  organisation,
  park,
  paymentAttempt,
  person,
  pool,
  poolVersion,
  refund,
  resource,
  resourceDay,
  service,
  serviceCapability,
  servicePool,
  specification,
};

/** Every row of every table, in an order of its own. */
const content = async (db: Database) => {
  const found: Record<string, string[]> = {};
  for (const [name, table] of Object.entries(TABLES))
    found[name] = (await db.read((q) => q.select().from(table))).map((row) => JSON.stringify(row)).sort();
  return found;
};

describe('the demonstration', () => {
  it('put down twice is the same as once, on another day too', async () => {
    const deps = await testDeps();
    expect(await isEmpty(deps)).toBe(true);
    const first = await seed(deps);
    expect(await isEmpty(deps)).toBe(false);
    const before = await content(deps.db);
    expect(first.orders).toBeGreaterThan(600);
    expect(before.orders).toHaveLength(first.orders);

    deps.time.now += 9 * 86_400_000;
    expect(await seed(deps)).toEqual(first);
    expect(await content(deps.db)).toEqual(before);
  });

  it('has a catalogue in two languages, with every composed capability, and services that can be booked', async () => {
    const deps = await testDeps();
    const summary = await seed(deps, { history: false });
    expect(summary).toMatchObject({ parks: 13, centres: 34, specifications: 185, orders: 0 });
    const { db } = deps;

    const rows = {
      parks: await db.read((q) => q.select().from(park)),
      centres: await db.read((q) => q.select().from(centre)),
    };
    const demonstration = rows.centres.filter((c) => c.demonstration);
    expect(demonstration.length).toBeGreaterThanOrEqual(12);
    expect(
      demonstration.every((c) => c.nameZh.startsWith('示范') && c.nameEn.startsWith('Demo') && c.latitude !== null && c.organisationId),
    ).toBe(true);
    expect(
      rows.centres.filter((c) => !c.demonstration).every((c) => c.organisationId === null && c.source !== '' && c.sourceConfidence !== ''),
    ).toBe(true);
    expect(rows.parks.filter((p) => p.organisationId !== null)).toHaveLength(3);

    const capabilities = await db.read((q) => q.select().from(capability));
    const known = new Set(capabilities.map((c) => c.id));
    expect(capabilityRows.filter((row) => !known.has(seedId('capability', row.id)))).toEqual([]);
    for (const row of capabilityRows as SeedRow[]) {
      const stored = capabilities.find((c) => c.id === seedId('capability', row.id));
      const read = fromSeed(row, 'x');
      expect(stored?.uncertainty).toEqual(read.stated ?? read.uncertainty);
      expect(stored).toMatchObject({ coverageFactor: row.k, comparisonFactor: read.comparisonFactor, designation: read.designation });
      expect([stored?.rangeMin, stored?.rangeMax]).toEqual([row.range_min, row.range_max]);
    }

    const services = await db.read((q) => q.select().from(service));
    expect(services.length).toBeGreaterThanOrEqual(80);
    expect(new Set(services.map((s) => s.family)).size).toBe(10);
    const pools = new Map((await db.read((q) => q.select().from(pool))).map((p) => [p.id, p]));
    const links = Map.groupBy(await db.read((q) => q.select().from(servicePool)), (l) => l.serviceId);
    for (const s of services) {
      expect(s.unitNet, s.slug).toBeGreaterThan(0);
      const own = (links.get(s.id) ?? []).map((l) => pools.get(l.poolId));
      expect(own.length, s.slug).toBeGreaterThan(0);
      expect(
        own.every((p) => p?.centreId === s.centreId),
        s.slug,
      ).toBe(true);
      expect(new Set(own.map((p) => p?.gridMinutes)).size, s.slug).toBe(1);
    }
    const published = services.filter((s) => s.status === 'published');
    const starts = await earliestStarts(deps, published);
    for (const s of published) expect(starts.get(s.id), s.slug).toBeGreaterThan(deps.time.now);

    const sold = await db.read((q) => q.select().from(serviceCapability));
    const centreOf = new Map(services.map((s) => [s.id, s.centreId]));
    for (const { serviceId, capabilityId } of sold)
      expect(capabilities.find((c) => c.id === capabilityId)?.centreId).toBe(centreOf.get(serviceId));
    for (const s of services.filter((x) => x.family === 'calibration' || x.family === 'verification'))
      expect(
        sold.some((l) => l.serviceId === s.id),
        s.slug,
      ).toBe(true);

    const bilingual: Record<string, unknown>[][] = [
      rows.parks,
      demonstration,
      rows.centres.map(({ nameZh, nameEn, cityZh, cityEn, introZh, introEn }) => ({ nameZh, nameEn, cityZh, cityEn, introZh, introEn })),
      [...pools.values()],
      await db.read((q) => q.select().from(resource)),
      await db.read((q) => q.select().from(closure)),
      await db.read((q) => q.select().from(specification)),
      services.map(({ nameZh, nameEn, summaryZh, summaryEn }) => ({ nameZh, nameEn, summaryZh, summaryEn })),
      services.filter((s) => s.instrumentZh !== ''),
      capabilities.map(({ instrumentZh, instrumentEn, measurandZh, measurandEn }) => ({
        instrumentZh,
        instrumentEn,
        measurandZh,
        measurandEn,
      })),
      capabilities.filter((c) => c.conditionsZh !== ''),
    ];
    for (const row of bilingual.flat())
      for (const [key, value] of Object.entries(row)) {
        if (/Zh$|En$/.test(key)) expect(value, `${key} of ${JSON.stringify(row)}`).not.toBe('');
        if (/En$/.test(key)) expect(String(value), key).not.toMatch(/\p{Script=Han}/u);
      }
  });

  it('has services that their centres can change: the form reads what it shows', async () => {
    const deps = await testDeps();
    await seed(deps, { history: false });
    const { db } = deps;
    const rows = await db.read((q) => q.select().from(service));
    const faults = rows.flatMap((row) => {
      const read = readListing(listingTexts(contentOf(row, ['pool'], [])));
      return 'faults' in read ? [[row.slug, read.faults]] : [];
    });
    expect(faults).toEqual([]);
  });

  it('has accounts for every role, with the one password', async () => {
    const deps = await testDeps();
    await seed(deps, { history: false });
    expect(new Set(demonstrationAccounts.map((a) => a.role))).toEqual(
      new Set(['owner', 'member', 'manager', 'technician', 'administrator', 'operator']),
    );
    for (const role of ['owner', 'manager', 'administrator', 'operator']) {
      const account = demonstrationAccounts.find((a) => a.role === role);
      const [row] = await deps.db.read((q) =>
        q
          .select()
          .from(person)
          .where(eq(person.email, account?.email ?? '')),
      );
      expect(row?.emailVerifiedAt).not.toBeNull();
      expect(await passwordMatches(row?.passwordHash, account?.password ?? '')).toBe(true);
    }
  });
});

describe('the demonstration’s history', () => {
  it('adds up: money, claims, rollup, prices, timelines, audit chains', async () => {
    const deps = await testDeps();
    const { db } = deps;
    await seed(deps);
    const all = await db.read((q) => q.select().from(orders).orderBy(asc(orders.createdAt)));
    const byId = new Map(all.map((o) => [o.id, o]));
    expect(new Set(all.map((o) => o.progress))).toEqual(
      new Set(['requested', 'confirmed', 'received', 'in_service', 'reported', 'closed', 'declined', 'cancelled', 'expired']),
    );

    // Money
    expect(await db.read((q) => unbalancedTransactions(q))).toEqual([]);
    const transactions = new Map((await db.read((q) => q.select().from(ledgerTransaction))).map((t) => [t.id, t.orderId]));
    const held = new Map<string, number>();
    for (const entry of await db.read((q) => q.select().from(ledgerEntry)))
      if (entry.account === 'held_for_settlement') {
        const order = transactions.get(entry.transactionId) ?? '';
        held.set(order, (held.get(order) ?? 0) - entry.amount);
      }
    const services = new Map((await db.read((q) => q.select().from(service))).map((s) => [s.id, s]));
    for (const order of all) {
      const paid = order.payment === 'unpaid' ? 0 : order.gross;
      expect(held.get(order.id) ?? 0, order.number).toBe(paid - order.refunded);
      const service = services.get(order.serviceId);
      if (service)
        expect(billFor(service, order)).toMatchObject({ gross: order.gross, net: order.net, vat: order.vat, lines: order.lines });
      expect(order.createdAt).toBeLessThan(deps.time.now);
      expect(order.updatedAt).toBeLessThanOrEqual(deps.time.now);
    }

    // Claims
    const poolsOf = Map.groupBy(await db.read((q) => q.select().from(pool)), (p) => p.centreId);
    const shapes: PoolAvailability[] = [];
    for (const pools of poolsOf.values()) {
      const ids = pools.map((p) => p.id);
      shapes.push(...(await db.read(async (q) => withClosures(q, await loadPools(q, ids), { from: 0, until: FOR_EVER }))));
    }
    const days = await db.read((q) => q.select().from(resourceDay));
    const firstDay = Math.min(...days.map((d) => d.day));
    const untilDay = Math.max(...days.map((d) => d.day)) + 1;
    const claims = await db.read((q) => q.select().from(claim));
    const events = Map.groupBy(await db.read((q) => q.select().from(orderEvent)), (e) => e.orderId);
    const claimsOf = Map.groupBy(claims, (c) => c.holderId);
    for (const order of all) {
      const own = claimsOf.get(order.id) ?? [];
      const gone = ['cancelled', 'expired', 'declined'].includes(order.progress);
      expect(new Set(own.map((c) => c.poolId)), order.number).toEqual(new Set(gone ? [] : order.snapshot.poolIds));
    }
    for (const { id, calendar, gridMinutes } of shapes) {
      const open = new Set(
        openIntervals(calendar, firstDay, untilDay + 60).flatMap((interval) => {
          const { from, until } = cellsWithin(gridMinutes, interval);
          return Array.from({ length: until - from }, (_, i) => from + i);
        }),
      );
      const amiss = claims.filter(({ poolId, cell, holderId }) => {
        const order = byId.get(holderId);
        const within = order && order.startAt <= cellStart(gridMinutes, cell) && cellStart(gridMinutes, cell + 1) <= order.endAt;
        return poolId === id && !(open.has(cell) && within);
      });
      expect(amiss).toEqual([]);
    }

    // Rollup
    const used = new Set([...events].filter(([, list]) => list.some((e) => e.kind === 'in_service')).map(([id]) => id));
    const stored = new Map(days.map((d) => [`${d.resourceId} ${d.day}`, [d.openMinutes, d.bookedMinutes, d.usedMinutes]]));
    const computed = new Map<string, number[]>();
    const byResource = Map.groupBy(claims, (c) => c.resourceId);
    for (const shape of shapes) {
      const { resources } = shape.hours;
      const zone = shape.calendar.zone;
      const minutes = (id: string, only?: Set<string>) =>
        minutesPerDay(
          zone,
          shape.gridMinutes,
          (byResource.get(id) ?? []).filter((c) => !only || only.has(c.holderId)).map((c) => c.cell),
        );
      for (const row of openMinutes({ ...shape, resources }, firstDay, untilDay)) {
        if (row.minutes === 0) continue;
        const day = dayNumber(row.day);
        computed.set(`${row.resourceId} ${day}`, [
          row.minutes,
          minutes(row.resourceId).get(day) ?? 0,
          minutes(row.resourceId, used).get(day) ?? 0,
        ]);
      }
    }
    expect(Object.fromEntries(stored)).toEqual(Object.fromEntries(computed));

    // Timelines and audit chains
    for (const order of all) {
      const list = (events.get(order.id) ?? []).sort((a, b) => a.at - b.at);
      expect(list.length).toBe(order.version);
      expect(list[0]?.at).toBe(order.createdAt);
      expect(await db.read((q) => firstBroken(q, `order:${order.id}`)), order.number).toBeUndefined();
    }
  });
});
