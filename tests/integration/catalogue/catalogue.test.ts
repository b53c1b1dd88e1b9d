import { describe, expect, it } from 'vitest';
import { announce } from '#app/core/change-feed.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import type { Query } from '#app/modules/catalogue/search-entry.ts';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { capability } from '#db/schema/capability.ts';
import { service, serviceCapability } from '#db/schema/catalogue.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { demonstrationCapabilities } from '#seeds/capabilities.ts';
import { MONDAY, testDeps } from '#tests/support/database.ts';

const DAY = 86_400_000;
const ask: Query = { words: '校准', facets: {}, sort: 'fit', offset: 0, limit: 24 };
const viewer = { personId: 'person', organisationId: 'org', organisationKind: 'centre', role: 'manager' } as const;

async function offer({ db }: Deps) {
  await db.write(async (tx) => {
    await tx
      .insert(organisation)
      .values(['org', 'other'].map((id) => ({ id, kind: 'centre' as const, slug: id, nameZh: id, nameEn: id, createdAt: 1 })));
    await tx.insert(centre).values({
      id: 'c1',
      slug: 'c1',
      organisationId: 'org',
      nameZh: '示范 · 中心',
      nameEn: 'Demo',
      cityZh: '苏州',
      cityEn: 'Suzhou',
      createdAt: 1,
    });
    const checked = { checkState: 'accepted' as const, checkedFamilies: ['calibration' as const] };
    await tx
      .insert(accreditation)
      .values({ id: 'a1', centreId: 'c1', kind: 'CNAS', number: 'L0', validFrom: 0, validUntil: MONDAY + DAY, ...checked });
    for (const [id, status] of [
      ['s1', 'published'],
      ['s2', 'draft'],
    ] as const)
      await tx.insert(service).values({
        id,
        slug: id,
        centreId: 'c1',
        family: 'calibration',
        field: '几何量',
        nameZh: '外径千分尺校准',
        nameEn: 'Micrometer calibration',
        summaryZh: '',
        summaryEn: '',
        status,
        booking: 'instant',
        unitNet: 10_000,
        setupNet: 5_000,
        leadDays: 1,
        turnaroundDays: 3,
        setupMinutes: 30,
        minutesPerItem: 15,
        maxQuantity: 20,
        deliveryModes: ['at_centre'],
        cancelPolicy: { fullHours: 48, lateBasisPoints: 5000 },
        createdAt: 1,
        updatedAt: 1,
      });
    const row = demonstrationCapabilities(1)[0]!;
    await tx.insert(capability).values({ ...row, id: 'r1', centreId: 'c1', accreditationId: 'a1' });
    await tx.insert(serviceCapability).values({ serviceId: 's1', capabilityId: 'r1' });
  });
}

describe('the live catalogue', () => {
  it('holds what is published, priced with VAT', async () => {
    const deps = await testDeps();
    await offer(deps);
    const catalogue = await (await loadCatalogue(deps)).current();
    expect(catalogue.search.search(ask).ids).toEqual(['s1']);
    expect(catalogue.search.entry('s1')?.price).toBe(15_900);
    expect(catalogue.serviceBySlug('s1')?.centre.nameEn).toBe('Demo');
    expect(catalogue.serviceBySlug('s2')).toBeUndefined();
  });

  it('follows pauses and resumes, also those of another process', async () => {
    const deps = await testDeps();
    await offer(deps);
    const live = await loadCatalogue(deps);
    const elsewhere = await loadCatalogue(deps);
    await setServiceStatus(deps, viewer, 's1', 'paused');
    for (const each of [live, elsewhere]) expect((await each.current()).search.search(ask).total).toBe(0);
    await setServiceStatus(deps, viewer, 's1', 'published');
    for (const each of [live, elsewhere]) expect((await each.current()).search.search(ask).ids).toEqual(['s1']);
  });

  it('drops an accreditation on the day it ends', async () => {
    const deps = await testDeps();
    await offer(deps);
    const live = await loadCatalogue(deps);
    const accredited = { ...ask, facets: { accreditation: ['CNAS'] } };
    expect((await live.current()).search.search(accredited).total).toBe(1);
    deps.time.now = MONDAY + DAY;
    expect((await live.current()).search.search(accredited).total).toBe(0);
  });

  it('sees every one of many changes, once the rows are committed', async () => {
    const deps = await testDeps();
    await offer(deps);
    const live = await loadCatalogue(deps);
    await live.current();
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        deps.db.write(async (tx) => {
          const id = `n${i}`;
          await tx.insert(centre).values({ id, slug: id, nameZh: id, nameEn: id, cityZh: '苏州', cityEn: 'Suzhou', createdAt: 1 });
          await announce(tx, 'centre', id, deps.clock());
        }),
      ),
    );
    expect([...(await live.current()).centres.keys()].filter((id) => id.startsWith('n'))).toHaveLength(20);
  });

  it('lets nobody pause the service of another centre, nor publish a draft this way', async () => {
    const deps = await testDeps();
    await offer(deps);
    await expect(setServiceStatus(deps, { ...viewer, organisationId: 'other' }, 's1', 'paused')).rejects.toMatchObject({
      code: 'not_found',
    });
    for (const role of ['scheduler', 'technician', 'signatory', 'finance'] as const)
      await expect(setServiceStatus(deps, { ...viewer, role }, 's1', 'paused'), role).rejects.toMatchObject({ code: 'forbidden' });
    await expect(setServiceStatus(deps, viewer, 's2', 'published')).rejects.toMatchObject({ code: 'transition_refused' });
  });
});
