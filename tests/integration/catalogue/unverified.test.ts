/** A centre nobody has verified is asked, and never paid. */

import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { listRenamed } from '#app/modules/centres/verification/list-renamed.server.ts';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { holdSlot, requestBooking } from '#app/modules/orders/place-order.server.ts';
import { viewBooking } from '#app/read-models/view-booking.server.ts';
import { centre } from '#db/schema/centres.ts';
import { outbox } from '#db/schema/core.ts';
import { person } from '#db/schema/identity.ts';
import { orders } from '#db/schema/orders.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type Market, seedMarket, shanghai } from '#tests/support/market.ts';

const START = shanghai('2026-11-24T09:00');

async function shop() {
  const deps = await testDeps();
  const market = await seedMarket(deps.db, { now: deps.time.now, service: { slug: 'unverified-test' } });
  const buyer = market.buyers[0] as Market['buyers'][number];
  const operatorId = market.buyers[1]?.personId ?? '';
  await deps.db.write((tx) => tx.update(person).set({ operator: true }).where(eq(person.id, operatorId)));
  const rename = async (nameZh: string, nameEn: string) =>
    saveCentre(deps, market.manager, { ...(await viewProfile(deps, market.manager)).profile, nameZh, nameEn });
  const verify = (verifiedAt: number | null) =>
    deps.db.write((tx) => tx.update(centre).set({ verifiedAt }).where(eq(centre.id, market.centreId)));
  const entry = async () => (await deps.db.read((q) => q.select().from(centre).where(eq(centre.id, market.centreId))))[0];
  return { deps, market, buyer, operatorId, rename, verify, entry };
}
const REFUSED = { code: 'centre_unverified' };

describe('a centre that is not verified', () => {
  it('sells by request alone, and cannot accept one; nothing is lost', async () => {
    const { deps, market, buyer, verify } = await shop();
    await verify(null);
    const view = await viewBooking(deps, { slug: 'unverified-test', quantity: 1 });
    expect(view).toMatchObject({ kind: 'open', verified: false, service: { booking: 'approve' } });
    const card = (await loadCatalogue(deps).current()).services.get(market.service.id);
    expect(card).toMatchObject({ booking: 'approve', chosenBooking: 'instant', centre: { verified: false } });
    // A page from before, or a form of one's own making.
    await expect(holdSlot(deps, buyer, formFor(market.service, START))).rejects.toMatchObject({ code: 'stale' });
    const { number } = await requestBooking(deps, buyer, formFor(market.service, START));
    await expect(acceptRequest(deps, market.manager, number)).rejects.toMatchObject(REFUSED);
    const [order] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.number, number)));
    expect(order).toMatchObject({ progress: 'requested', payment: 'unpaid' });
    await verify(deps.clock());
    await acceptRequest(deps, market.manager, number);
    await holdSlot(deps, buyer, formFor(market.service, START + 2 * 86_400_000));
  });

  it('is one as soon as it is, also where its services are known already', async () => {
    const { deps, market, buyer, rename } = await shop();
    const catalogue = loadCatalogue(deps);
    expect((await catalogue.current()).services.get(market.service.id)?.booking).toBe('instant');
    await holdSlot(deps, buyer, formFor(market.service, START));
    await rename('新名称', 'New name');
    expect((await catalogue.current()).services.get(market.service.id)?.booking).toBe('approve');
    await expect(holdSlot(deps, buyer, formFor(market.service, START + 86_400_000))).rejects.toMatchObject({ code: 'stale' });
    await rename('示范中心', 'Demo Centre');
    expect((await catalogue.current()).services.get(market.service.id)?.booking).toBe('instant');
  });
});

describe('a verified centre that is renamed', () => {
  it('stands before the operator with both names, who is told once', async () => {
    const { deps, operatorId, buyer, rename, entry } = await shop();
    const before = (await entry())?.verifiedAt;
    await rename('新名称', 'New name');
    await rename('更新的名称', 'Newer name');
    expect(await entry()).toMatchObject({ verifiedAt: null, verifiedAs: { zh: '示范中心', en: 'Demo Centre', at: before } });
    expect(await listRenamed(deps, operatorActor(operatorId))).toMatchObject([{ nameZh: '更新的名称', verifiedAs: { zh: '示范中心' } }]);
    await expect(listRenamed(deps, operatorActor(buyer.personId))).rejects.toMatchObject({ code: 'not_found' });
    const mails = await deps.db.read((q) => q.select().from(outbox).where(eq(outbox.topic, 'mail')));
    const told = mails.filter(({ payload }) => payload.kind === 'entry_renamed');
    expect(told).toHaveLength(1);
    expect(told[0]?.payload.facts).toMatchObject({ beforeZh: '示范中心', centreZh: '新名称' });
    await rename('示范中心', 'Demo Centre');
    expect(await entry()).toMatchObject({ verifiedAt: before, verifiedAs: null });
    expect(await listRenamed(deps, operatorActor(operatorId))).toEqual([]);
  });

  it('stays verified when anything else of it changes', async () => {
    const { deps, market, entry } = await shop();
    const before = (await entry())?.verifiedAt;
    await saveCentre(deps, market.manager, { ...(await viewProfile(deps, market.manager)).profile, introZh: '介绍', cityZh: '无锡' });
    expect((await entry())?.verifiedAt).toBe(before);
  });
});
