import { eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { BLANK, contentOf, type ListingContent, listingTexts, readListing } from '#app/modules/catalogue/listing/listing-content.ts';
import { confirmationOf } from '#app/modules/catalogue/listing/other-instruments.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { discardListing, saveListing } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { hasCentre } from '#app/modules/centres/has-centre.server.ts';
import { profileFaults, saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import { viewListing } from '#app/read-models/view-listing.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { centre as centreTable } from '#db/schema/centres.ts';
import { organisation } from '#db/schema/identity.ts';
import { orders } from '#db/schema/orders.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, seedMarket, shanghai } from '#tests/support/market.ts';

const MICROMETER = { field: 'dimensional', instrument: '外径千分尺', measurand: '示值误差', method: 'JJG 21-2008', k: '2' };
const GROUP = '外径千分尺 | JJG 21-2008';

async function centre() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const addRow = async (range: string) => {
    const text = { ...MICROMETER, range, uncertainty: 'U=1.0 μm' };
    const saved = await saveRow(deps, m.manager, {
      id: null,
      text,
      accreditationId: null,
      reviewed: false,
      shown: '',
      validFrom: null,
      validUntil: null,
    });
    if (!('id' in saved)) throw new Error(JSON.stringify(saved.judged.notes));
    return saved.id;
  };
  const content: ListingContent = {
    ...BLANK,
    nameZh: '千分尺校准',
    nameEn: 'Micrometer calibration',
    summaryZh: '说明',
    unitNet: 18_000,
    poolIds: [m.poolIds[0]!],
    scope: [GROUP],
  };
  const input = async (change: Partial<ListingContent> = {}, serviceId: string | null = null, revision = 0) => ({
    serviceId,
    content: { ...content, ...change },
    revision,
    version: await onSale(serviceId),
  });
  const onSale = async (serviceId: string | null) => {
    const rows = await deps.db.read((q) =>
      q
        .select({ version: service.version })
        .from(service)
        .where(eq(service.id, serviceId ?? '')),
    );
    return rows[0]?.version ?? 0;
  };
  return { deps, m, addRow, input };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('a listing', () => {
  it('is kept without being sold, then published with its rows, found, and versioned', async () => {
    const { deps, m, addRow, input } = await centre();
    const row = await addRow('(0~25) mm');
    const catalogue = loadCatalogue(deps);
    const before = (await catalogue.current()).services.size;
    const saved = await saveListing(deps, m.technician, await input({ summaryZh: '' }), 'draft');
    expect((await catalogue.current()).services.size).toBe(before);
    expect((await listCentreServices(deps, m.manager)).services[0]).toMatchObject({ id: saved.serviceId, status: 'draft', saved: 'draft' });
    expect(await refusal(publishListing(deps, m.manager, await input({ summaryZh: '' }, saved.serviceId, 1)))).toBe('invalid_form');
    const { slug } = await publishListing(deps, m.manager, await input({}, saved.serviceId, 1));
    expect(slug).toMatch(/^micrometer-calibration-[0-9a-f]{8}$/);
    expect((await catalogue.current()).services.get(saved.serviceId)).toMatchObject({ slug, unitNet: 18_000, capabilityIds: [row] });
    const view = await viewListing(deps, m.manager, saved.serviceId);
    expect(view).toMatchObject({ state: null, revision: 0, versions: [{ version: 1 }], content: { scope: [GROUP], nameZh: '千分尺校准' } });
    await publishListing(deps, m.manager, await input({ unitNet: 20_000 }, saved.serviceId));
    expect((await viewListing(deps, m.manager, saved.serviceId)).versions.map(({ version }) => version)).toEqual([2, 1]);
  });

  it('published by two who opened it at once is published by the first; the other is told', async () => {
    const { deps, m, addRow, input } = await centre();
    await addRow('(0~25) mm');
    const { serviceId } = await publishListing(deps, m.manager, await input());
    const [mine, yours] = [await input({ unitNet: 20_000 }, serviceId), await input({ nameZh: '改名' }, serviceId)];
    await publishListing(deps, m.manager, mine);
    expect(await refusal(publishListing(deps, m.manager, yours))).toBe('stale');
    expect(await refusal(saveListing(deps, m.technician, yours, 'draft'))).toBe('stale');
    expect((await viewListing(deps, m.manager, serviceId)).content).toMatchObject({ unitNet: 20_000, nameZh: '千分尺校准' });
    // A draft of the same number, made after another was published, is another draft.
    await saveListing(deps, m.technician, await input({}, serviceId), 'draft');
    const old = await input({ nameZh: '旧' }, serviceId, 1);
    await publishListing(deps, m.manager, await input({}, serviceId, 1));
    await saveListing(deps, m.technician, await input({}, serviceId), 'draft');
    expect(await refusal(publishListing(deps, m.manager, old))).toBe('stale');
  });

  it('changed while sold leaves orders what they were sold', async () => {
    const { deps, m, addRow, input } = await centre();
    await addRow('(0~25) mm');
    const { content } = await viewListing(deps, m.manager, m.service.id);
    const start = shanghai('2026-11-24T09:00');
    const order = await holdSlot(deps, m.buyers[0]!, formFor(m.service, start));
    await publishListing(
      deps,
      m.manager,
      await input({ ...content, nameZh: '外径千分尺校准', nameEn: '', unitNet: 99_900, summaryZh: '说明', scope: [GROUP] }, m.service.id),
    );
    const [kept] = await deps.db.read((q) => q.select().from(orders).where(eq(orders.id, order.id)));
    expect(kept?.snapshot.nameZh).toBe(m.service.nameZh);
    expect(kept?.gross).toBeLessThan(99_900);
    // The price a form was made with is refused, not charged.
    expect(await refusal(holdSlot(deps, m.buyers[1]!, formFor(m.service, shanghai('2026-11-25T09:00'))))).toBe('price_changed');
  });

  it('is saved by one of two who began together; the other is told and loses nothing', async () => {
    const { deps, m, input } = await centre();
    const { serviceId } = await saveListing(deps, m.manager, await input(), 'draft');
    await saveListing(deps, m.technician, await input({ nameZh: '二' }, serviceId, 1), 'review');
    expect(await refusal(saveListing(deps, m.manager, await input({ nameZh: '一' }, serviceId, 1), 'draft'))).toBe('stale');
    expect(await refusal(discardListing(deps, m.manager, { serviceId, revision: 1 }))).toBe('stale');
    expect(await viewListing(deps, m.manager, serviceId)).toMatchObject({ state: 'review', revision: 2, content: { nameZh: '二' } });
    await discardListing(deps, m.manager, { serviceId, revision: 2 });
    expect(await refusal(viewListing(deps, m.manager, serviceId))).toBe('not_found');
  });

  it('belongs to its centre: no stranger sees, saves or publishes it, or sells with the pools of another', async () => {
    const { deps, m, addRow, input } = await centre();
    await addRow('(0~25) mm');
    const stranger = await seedMarket(deps.db);
    const { serviceId } = await saveListing(deps, m.manager, await input(), 'draft');
    for (const id of [serviceId, m.service.id]) {
      expect(await refusal(viewListing(deps, stranger.manager, id))).toBe('not_found');
      expect(await refusal(saveListing(deps, stranger.manager, await input({ poolIds: [] }, id, 1), 'draft'))).toBe('not_found');
      const theirs = await input({ poolIds: [stranger.poolIds[0]!], family: 'consulting', scope: [] }, id, 1);
      expect(await refusal(publishListing(deps, stranger.manager, theirs))).toBe('not_found');
    }
    expect(await refusal(discardListing(deps, stranger.manager, { serviceId, revision: 1 }))).toBe('stale');
    expect(await refusal(saveListing(deps, m.manager, await input({ poolIds: [stranger.poolIds[0]!] }), 'draft'))).toBe('invalid_form');
    expect(await refusal(publishListing(deps, m.technician, await input({}, serviceId, 1)))).toBe('forbidden');
    expect(await refusal(publishListing(deps, m.manager, await input({ scope: ['没有 | 这个'] }, serviceId, 1)))).toBe('invalid_form');
    expect(await refusal(viewListing(deps, m.buyers[0]!, serviceId))).toBe('not_found');
  });

  it('on rows of another instrument is published once a manager has confirmed the two, for those two', async () => {
    const { deps, m, addRow, input } = await centre();
    await addRow('(0~25) mm');
    const why = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: { facts?: Record<string, string> }) => `${error.facts?.field} ${error.facts?.reason}`,
      );
    const caliper = { nameZh: '卡尺校准', nameEn: 'Caliper calibration' };
    expect(await why(publishListing(deps, m.manager, await input(caliper)))).toBe('scope other_instruments');
    // Saving and asking for a look are not refused: the draft says it.
    const { serviceId } = await saveListing(deps, m.technician, await input(caliper), 'review');
    const confirmed = confirmationOf({ ...(await input(caliper)).content }, [{ instrumentZh: '外径千分尺', instrumentEn: '' }]);
    expect(await why(publishListing(deps, m.manager, await input({ ...caliper, confirmed: 'yes' }, serviceId, 1)))).toBe(
      'scope other_instruments',
    );
    await publishListing(deps, m.manager, await input({ ...caliper, confirmed }, serviceId, 1));
    const catalogue = loadCatalogue(deps);
    expect((await catalogue.current()).services.get(serviceId)?.confirmed).toBe(confirmed);
    // It is kept with what is on sale, and asked again for another name.
    const { content } = await viewListing(deps, m.manager, serviceId);
    expect(content.confirmed).toBe(confirmed);
    await publishListing(deps, m.manager, await input({ ...content, unitNet: 20_000 }, serviceId));
    expect(await why(publishListing(deps, m.manager, await input({ ...content, nameZh: '量块校准' }, serviceId)))).toBe(
      'scope other_instruments',
    );
    await publishListing(deps, m.manager, await input({ ...content, nameZh: '千分尺校准', nameEn: '' }, serviceId));
    expect((await viewListing(deps, m.manager, serviceId)).content.confirmed).toBe('');
  });

  it('names what its family and its delivery need', async () => {
    const { deps, m, addRow, input } = await centre();
    await addRow('(0~25) mm');
    const why = (work: Promise<unknown>) =>
      work.then(
        () => 'none',
        (error: { facts?: Record<string, string> }) => `${error.facts?.field} ${error.facts?.reason}`,
      );
    expect(await why(publishListing(deps, m.manager, await input({ family: 'testing' })))).toBe('specification missing');
    expect(await why(publishListing(deps, m.manager, await input({ family: 'evaluation' })))).toBe('scorecard missing');
    await deps.db.write(async (tx) => {
      await tx.update(centreTable).set({ addressZh: '' }).where(eq(centreTable.id, m.centreId));
    });
    expect(await why(publishListing(deps, m.manager, await input()))).toBe('deliveryModes address');
    expect(await why(publishListing(deps, m.manager, await input({ deliveryModes: ['on_site'] })))).toBe('none');
  });

  it('takes in rows of its instrument and method that the scope gains later', async () => {
    const { deps, m, addRow, input } = await centre();
    const first = await addRow('(0~25) mm');
    const { serviceId } = await publishListing(deps, m.manager, await input());
    const catalogue = loadCatalogue(deps);
    await catalogue.current();
    const second = await addRow('(25~50) mm');
    expect(new Set((await catalogue.current()).services.get(serviceId)?.capabilityIds)).toEqual(new Set([first, second]));
  });
});

describe('the text of a listing', () => {
  it('comes back as it was read', async () => {
    const { deps, m, input } = await centre();
    const { content } = await input({
      volumeTiers: [
        { from: 10, unitNet: 9_050 },
        { from: 50, unitNet: 8_000 },
      ],
      expedite: 3_000,
      travelNet: 12_345,
      vat: 1_300,
      perPointNet: 550,
      includedPoints: 5,
      travelZones: [{ nameZh: '苏州市区', nameEn: 'Suzhou city', net: 30_000, minutes: 45 }],
      bufferMinutes: 30,
      member: 500,
      park: 1_000,
    });
    expect(readListing(listingTexts(content))).toEqual({ content });
    const view = await viewListing(deps, m.manager, m.service.id);
    expect(readListing(listingTexts(view.content))).toEqual({ content: view.content });
    expect(contentOf(m.service, m.poolIds, [])).toMatchObject({ unitNet: m.service.unitNet, fullHours: m.service.cancelPolicy.fullHours });
  });

  it('names each field that cannot be read', () => {
    const texts = listingTexts(BLANK);
    const faults = (change: object) => {
      const read = readListing({ ...texts, ...change });
      return 'faults' in read ? read.faults : {};
    };
    expect(faults({})).toEqual({});
    expect(faults({ unitNet: '-5', leadDays: '1e3', vat: '7', family: 'magic', nameZh: 'x'.repeat(121) })).toEqual({
      unitNet: 'price',
      leadDays: 'between 0 365',
      vat: 'choose',
      family: 'choose',
      nameZh: 'too_long 120',
    });
    expect(faults({ unitNet: '12.345', expedite: '301', maxQuantity: '0', minutesPerItem: '' })).toEqual({
      unitNet: 'price',
      expedite: 'between 0 300',
      maxQuantity: 'between 1 10000',
      minutesPerItem: 'between 1 10080',
    });
    for (const volumeTiers of ['10', '1: 5', '10: 9; 5: 8', '10: 5; 20: 6', '10: -1', '10: 0', 'x'])
      expect(faults({ volumeTiers })).toEqual({ volumeTiers: 'tiers' });
    expect(faults({ volumeTiers: '１０：９０；５０：８０.5' })).toEqual({});
    expect(faults({ rangePrices: '25 mm: 80; 150: 120' })).toEqual({ rangePrices: 'ranges 2' });
    expect(faults({ travelZones: '苏州: 300, 45 min; 昆山: 500' })).toEqual({ travelZones: 'zones 2' });
    expect(faults({ rangePrices: '25 mm: 80', volumeTiers: '10: 70' })).toEqual({ rangePrices: 'exclude' });
    for (const member of ['91', '-1', '5.5', '']) expect(faults({ member })).toEqual({ member: 'between 0 90' });
    expect(faults({ perPointNet: '10000.01' })).toEqual({ perPointNet: 'price' });
    expect(faults({ deliveryModes: ['teleport'] })).toEqual({ deliveryModes: 'choose' });
  });
});

describe('the entry of a new centre', () => {
  it('is made by its manager, once, and shown at once', async () => {
    const { deps, m } = await centre();
    const organisationId = newId();
    await deps.db.write(async (tx) => {
      await tx
        .insert(organisation)
        .values({ id: organisationId, kind: 'centre', slug: organisationId, nameZh: '示范新中心', nameEn: '', city: '苏州', createdAt: 0 });
    });
    const founder = { ...m.manager, organisationId };
    const { profile, slug } = await viewProfile(deps, founder);
    expect(slug).toBeNull();
    expect(profile).toMatchObject({ nameZh: '示范新中心', cityZh: '苏州', cityEn: '' });
    expect(profileFaults(profile)).toEqual({ cityEn: 'needed' });
    expect(profileFaults({ ...profile, cityEn: '<b>', introZh: '长'.repeat(1_001) })).toEqual({ cityEn: 'latin', introZh: 'too_long' });
    expect(await refusal(saveCentre(deps, founder, profile))).toBe('invalid_form');
    const whole = { ...profile, cityEn: 'Suzhou' };
    expect(await refusal(saveCentre(deps, { ...founder, role: 'technician' }, whole))).toBe('forbidden');
    expect(await refusal(saveCentre(deps, m.buyers[0]!, whole))).toBe('not_found');
    expect(await refusal(saveCentre(deps, founder, { ...whole, parkId: 'none' }))).toBe('invalid_form');
    const catalogue = loadCatalogue(deps);
    await catalogue.current();
    const made = await saveCentre(deps, founder, whole);
    expect(await saveCentre(deps, founder, { ...whole, nameEn: 'Demo centre' })).toBe(made);
    const cards = [...(await catalogue.current()).centres.values()].filter((card) => card.slug === made);
    expect(cards).toMatchObject([{ nameEn: 'Demo centre', cityEn: 'Suzhou', claimed: true }]);
    expect(await hasCentre(deps, founder)).toBe(true);
  });
});
