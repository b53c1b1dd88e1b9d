import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { BLANK, type ListingContent } from '#app/modules/catalogue/listing/listing-content.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { missingIn } from '#app/modules/catalogue/listing/required-things.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { resumePaused } from '#app/modules/catalogue/resume-paused.server.ts';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { viewBooking } from '#app/read-models/view-booking.server.ts';
import { viewListing } from '#app/read-models/view-listing.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { pool } from '#db/schema/scheduling.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const NINE = shanghai('2026-11-24T09:00');
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string; facts?: { field?: string } }) => [error.code, error.facts?.field].filter(Boolean).join(' ') || String(error),
  );

it('a pause with a date ends by itself, once, and search follows', async () => {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const catalogue = loadCatalogue(deps);
  const found = async () => (await catalogue.current()).services.has(m.service.id);
  expect(await found()).toBe(true);
  const until = deps.time.now + 3_600_000;
  await setServiceStatus(deps, m.manager, m.service.id, 'paused', until);
  expect(await found()).toBe(false);
  expect(await viewBooking(deps, { slug: m.service.slug, quantity: 1 })).toMatchObject({ kind: 'paused', until, soldOut: false });
  expect(await refusal(holdSlot(deps, m.buyers[0]!, formFor(m.service, NINE)))).toBe('service_not_bookable');
  deps.time.now = until - 1;
  expect(await resumePaused(deps)).toBe(0);
  deps.time.now = until;
  const both = await Promise.all([resumePaused(deps), resumePaused(deps)]);
  expect(both.toSorted()).toEqual([0, 1]);
  expect(await found()).toBe(true);
  const [row] = await deps.db.read((q) => q.select().from(service).where(eq(service.id, m.service.id)));
  expect(row).toMatchObject({ status: 'published', pausedUntil: null, version: m.service.version + 2 });
});

it('a pause is made longer, or without end: then it does not end by itself', async () => {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  await setServiceStatus(deps, m.manager, m.service.id, 'paused', deps.time.now + 1000);
  await setServiceStatus(deps, m.manager, m.service.id, 'paused');
  deps.time.now += 10_000;
  expect(await resumePaused(deps)).toBe(0);
});

it('shared equipment says who runs it before it is published; a trained user is declared, and the centre sees it', async () => {
  const deps = await testDeps();
  const m = await seedMarket(deps.db, { service: { family: 'shared_equipment', operation: 'trained_user' } });
  const form = formFor(m.service, NINE);
  expect(await refusal(holdSlot(deps, m.buyers[0]!, form))).toBe('invalid_form trainedUser');
  const { number } = await holdSlot(deps, m.buyers[0]!, { ...form, trainedUser: true });
  expect((await viewOrder(deps, m.manager, number)).service.operation).toBe('trained_user');
  const content: ListingContent = {
    ...BLANK,
    family: 'shared_equipment',
    nameZh: '三坐标',
    summaryZh: '说明',
    unitNet: 1,
    poolIds: m.poolIds,
  };
  expect(missingIn(content)).toEqual(['operation']);
  expect(missingIn({ ...content, operation: 'operator' })).toEqual([]);
});

it('training is sold on a pool of seats; a scorecard is published as it was read', async () => {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const content: ListingContent = { ...BLANK, nameZh: '培训', summaryZh: '说明', unitNet: 1, unit: 'seat', poolIds: m.poolIds };
  const publish = (change: Partial<ListingContent>) =>
    publishListing(deps, m.manager, { serviceId: null, revision: 0, version: 0, content: { ...content, ...change } });
  expect(await refusal(publish({ family: 'training' }))).toBe('invalid_form poolIds');
  expect(await refusal(publish({ family: 'training', unit: 'project' }))).toBe('invalid_form poolIds');
  await deps.db.write((tx) => tx.update(pool).set({ kind: 'seat' }).where(eq(pool.id, m.poolIds[0]!)));
  expect(await refusal(publish({ family: 'training' }))).toBe('none');
  const scorecard = [{ nameZh: '准确度', nameEn: 'Accuracy', percent: 100 }];
  const { serviceId } = await publish({ family: 'evaluation', scorecard });
  expect((await viewListing(deps, m.manager, serviceId)).content.scorecard).toEqual(scorecard);
});
