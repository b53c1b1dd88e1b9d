/** What a park lacks: needs that wait or were met elsewhere, by instrument, without who asked. */
import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { askedIn } from '#app/modules/catalogue/wanted/demand.ts';
import { keepDemand } from '#app/modules/catalogue/wanted/keep-demand.server.ts';
import { listParkNeeds } from '#app/read-models/list-park-needs.server.ts';
import { service, serviceCapability, waitingDemand } from '#db/schema/catalogue.ts';
import { centre, park, parkFirm } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { testDeps } from '#tests/support/database.ts';
import { type Market, seedMarket } from '#tests/support/market.ts';

/** A park in Suzhou whose centre can measure calipers and sells only gauge blocks; two centres elsewhere that sell micrometers. */
async function start() {
  const deps = await testDeps();
  const own = await seedMarket(deps.db);
  const near = await seedMarket(deps.db, { service: { nameZh: '千分尺校准', nameEn: 'Micrometer calibration' } });
  const far = await seedMarket(deps.db, { service: { nameZh: '千分尺校准', nameEn: 'Micrometer calibration' } });
  const organisationId = newId();
  await deps.db.write(async (tx) => {
    await tx.insert(organisation).values({ id: organisationId, kind: 'park', slug: 'park', nameZh: '园', nameEn: 'Park', createdAt: 1 });
    const place = { nameZh: '园', nameEn: 'Park', cityZh: '苏州', cityEn: 'Suzhou' };
    await tx.insert(park).values({ id: 'park', slug: 'park', organisationId, ...place });
    const at = (m: Market, changes: object) => tx.update(centre).set(changes).where(eq(centre.id, m.centreId));
    await at(own, { parkId: 'park', latitude: 31.3, longitude: 120.6 });
    await at(near, { nameZh: '近', cityZh: '无锡', cityEn: 'Wuxi', latitude: 31.5, longitude: 120.3 });
    await at(far, { nameZh: '远', cityZh: '北京', cityEn: 'Beijing', latitude: 39.9, longitude: 116.4 });
    const firm = own.buyers[0] as Actor;
    const said = { parkId: 'park', organisationId: firm.organisationId, personId: firm.personId, createdAt: 1 };
    await tx.insert(parkFirm).values({ ...said, state: 'confirmed' });
  });
  const row = async (m: Market, instrument: string, sold: boolean) => {
    const text = {
      ...{ field: 'dimensional', instrument, measurand: '示值误差', method: 'JJG 21-2008', k: '2' },
      ...{ range: '(0~25) mm', uncertainty: 'U=1.0 μm' },
    };
    const dates = { validFrom: null, validUntil: null };
    const saved = await saveRow(deps, m.manager, { id: null, text, accreditationId: null, reviewed: true, shown: '', ...dates });
    if (!('id' in saved)) throw new Error(JSON.stringify(saved.judged.notes));
    const { id } = saved;
    if (sold)
      await deps.db.write(async (tx) => void (await tx.insert(serviceCapability).values({ serviceId: m.service.id, capabilityId: id })));
  };
  await row(own, '游标卡尺', false);
  await row(near, '外径千分尺', true);
  await row(far, '外径千分尺', true);
  const keep = (query: string, who: Actor) => {
    const asked = askedIn(new URLSearchParams(query).has('q') ? 'words' : 'need', new URLSearchParams(query));
    if (!asked) throw new Error(`${query} asks nothing`);
    return keepDemand(deps, who, { ...asked, said: `${query} 请联系张三`, locale: 'zh-CN' });
  };
  const administrator: Actor = { personId: 'a', organisationId, organisationKind: 'park', role: 'administrator' };
  const list = (actor = administrator) => listParkNeeds({ ...deps, catalogue: loadCatalogue(deps), scopes: loadScopes(deps) }, actor);
  return { deps, own, near, keep, list, administrator, inPark: own.buyers[0] as Actor, other: own.buyers[1] as Actor };
}

const MICROMETER = 'item=外径千分尺&min=0&max=25&unit=mm&by=u&limit=5&lunit=μm';

describe('needs a park does not meet', () => {
  it('are counted by instrument: whose firms asked, what waits, who can in the park and who sells nearest', async () => {
    const { deps, keep, list, inPark, other, own, near } = await start();
    await keep(MICROMETER, inPark);
    await keep(MICROMETER, other);
    await keep('q=外径千分尺', other);
    await keep('item=游标卡尺&min=0&max=25&unit=mm', other);
    await keep('q=量块', other);
    await keep('q=张三 13800138000', inPark);
    await deps.db.write(async (tx) => {
      await tx.update(waitingDemand).set({ metAt: 5 }).where(eq(waitingDemand.personId, inPark.personId));
    });
    const { instruments, looked } = await list();
    expect(looked).toBe(6);
    const byName = new Map(instruments.map((one) => [one.instrument?.zh ?? null, one]));
    expect([...byName.keys()].sort()).toEqual([null, '外径千分尺', '游标卡尺'].sort());
    expect(byName.get('外径千分尺')).toMatchObject({
      count: 3,
      ofFirms: 1,
      waiting: 2,
      unlisted: [],
      nearest: { centre: { id: near.centreId } },
    });
    expect(byName.get('外径千分尺')?.nearest?.km).toBeGreaterThan(10);
    expect(byName.get('游标卡尺')).toMatchObject({ count: 1, ofFirms: 0, waiting: 1, unlisted: [{ id: own.centreId }], nearest: null });
    expect(byName.get(null)).toMatchObject({ count: 1, ofFirms: 1, waiting: 0, nearest: null });
    expect(instruments[0]?.instrument?.zh).toBe('外径千分尺');
    // Nothing that was typed, and nobody who typed it.
    const told = JSON.stringify(instruments);
    for (const personal of ['张三', '13800138000', inPark.personId, inPark.organisationId, other.organisationId])
      expect(told).not.toContain(personal);
  });

  it('are gone once the park sells it, and after a year', async () => {
    const { deps, keep, list, own, other } = await start();
    await keep('q=千分尺', other);
    expect((await list()).instruments).toHaveLength(1);
    await deps.db.write(async (tx) => void (await tx.update(service).set({ nameZh: '千分尺校准' }).where(eq(service.id, own.service.id))));
    expect((await list()).instruments).toEqual([]);
    await keep('q=没有的东西', other);
    deps.time.now += 366 * 86_400_000;
    expect(await list()).toMatchObject({ instruments: [], looked: 0 });
  });

  it('are for the park that asks alone', async () => {
    const { list, administrator, own } = await start();
    for (const actor of [own.manager, own.buyers[0] as Actor, { ...administrator, organisationId: 'other' }])
      await expect(list(actor)).rejects.toMatchObject({ code: 'not_found' });
  });
});
