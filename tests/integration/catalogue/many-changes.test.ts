import { setImmediate as breathe } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { announce, announceAll } from '#app/core/change-feed.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { MONDAY, testDeps } from '#tests/support/database.ts';

const DAY = 86_400_000;
const idsOf = (centreId: string, count: number) => Array.from({ length: count }, (_, i) => `${centreId}-${i}`);

async function offer(count: number) {
  const deps = await testDeps();
  await deps.db.write(async (tx) => {
    for (const id of ['c1', 'c2']) {
      await tx.insert(centre).values({ id, slug: id, nameZh: id, nameEn: id, cityZh: '苏州', cityEn: 'Suzhou', createdAt: 1 });
      const checked = { checkState: 'accepted' as const, checkedFamilies: ['calibration' as const] };
      const validUntil = MONDAY + (id === 'c1' ? DAY : 300 * DAY);
      await tx
        .insert(accreditation)
        .values({ id: `a-${id}`, centreId: id, kind: 'CNAS', number: 'L0', validFrom: 0, validUntil, ...checked });
      for (const one of idsOf(id, count))
        await tx.insert(service).values({
          ...{
            id: one,
            slug: one,
            centreId: id,
            family: 'calibration',
            field: '几何量',
            nameZh: '千分尺校准',
            nameEn: 'Micrometer',
            summaryZh: '',
            cancelPolicy: { fullHours: 48, lateBasisPoints: 5000 },
          },
          ...{ summaryEn: '', status: 'published', booking: 'instant', unitNet: 10_000, setupNet: 0, leadDays: 1, turnaroundDays: 3 },
          ...{ setupMinutes: 30, minutesPerItem: 15, maxQuantity: 20, deliveryModes: ['at_centre'], createdAt: 1, updatedAt: 1 },
        });
    }
  });
  return deps;
}

describe('many changes at once', () => {
  it('let other work in between, and all arrive', async () => {
    const deps = await offer(350);
    const live = loadCatalogue(deps);
    await live.current();
    const changed = [...idsOf('c1', 350), ...idsOf('c2', 350)];
    await deps.db.write(async (tx) => {
      await tx.update(service).set({ unitNet: 77 });
      await announceAll(tx, 'service', changed, MONDAY);
    });
    let turns = 0;
    let over = false;
    const others = (async () => {
      for (; !over; turns++) await breathe();
    })();
    const catalogue = await live.current();
    over = true;
    await others;
    expect(turns).toBeGreaterThan(700 / 50);
    expect(changed.every((id) => catalogue.services.get(id)?.unitNet === 77)).toBe(true);
    expect(catalogue.search.size).toBe(700);
  });

  it('take in nothing that stayed as it was: one accreditation that ends has the cards of its own centre made again', async () => {
    const deps = await offer(20);
    const live = loadCatalogue(deps);
    const before = new Map([...(await live.current()).services.values()].map((card) => [card.id, card]));
    deps.time.now += 2 * DAY;
    const after = (await live.current()).services;
    expect(idsOf('c1', 20).every((id) => after.get(id) !== before.get(id) && after.get(id)?.centre.accreditations.length === 0)).toBe(true);
    expect(idsOf('c2', 20).every((id) => after.get(id) === before.get(id))).toBe(true);
    // What a centre's page says is taken in with its services.
    await deps.db.write(async (tx) => {
      await tx.update(centre).set({ nameZh: '新名' });
      await announce(tx, 'centre', 'c2', MONDAY);
    });
    const renamed = await live.current();
    expect(idsOf('c2', 20).every((id) => renamed.services.get(id)?.centre.nameZh === '新名')).toBe(true);
    expect(renamed.services.get('c1-0')?.centre.nameZh).toBe('c1');
  });
});
