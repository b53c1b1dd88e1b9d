import { describe, expect, it } from 'vitest';
import { saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { chosenOf } from '#app/modules/catalogue/listing/draft-from-group.ts';
import { draftServices } from '#app/modules/catalogue/listing/draft-services.server.ts';
import { publishDrafts } from '#app/modules/catalogue/listing/publish-drafts.server.ts';
import { exportPrices, type PriceWords } from '#app/modules/catalogue/prices/export-prices.server.ts';
import { importPrices } from '#app/modules/catalogue/prices/import-prices.server.ts';
import { type Headings, PRICE_COLUMNS } from '#app/modules/catalogue/prices/price-table.ts';
import { setStatuses } from '#app/modules/catalogue/set-statuses.server.ts';
import { listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import { viewUnlistedScope } from '#app/read-models/view-unlisted-scope.server.ts';
import { listing, serviceVersion } from '#db/schema/listings.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const COMMON = {
  family: 'calibration',
  booking: 'instant',
  deliveryModes: ['at_centre'],
  minutesPerItem: 30,
  turnaroundDays: 5,
} as const;
const WORDS: PriceWords = { heading: (c) => c, family: String, state: String, unit: String };
const HEADINGS = Object.fromEntries(PRICE_COLUMNS.map((c) => [c, [c]])) as unknown as Headings;
const INSTRUMENTS = ['外径千分尺', '游标卡尺', '百分表'];

async function centre() {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  for (const instrument of INSTRUMENTS) {
    const text = {
      field: 'dimensional',
      instrument,
      measurand: '示值误差',
      method: 'JJF 1000-2020',
      k: '2',
      range: '0~25 mm',
      uncertainty: 'U=1.0 μm',
    };
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
  }
  const { groups } = await viewUnlistedScope(deps, m.manager);
  const keys = groups.filter(({ instrumentZh }) => INSTRUMENTS.includes(instrumentZh)).map(({ key }) => key);
  const common = { ...COMMON, deliveryModes: [...COMMON.deliveryModes], poolIds: [m.poolIds[0]!] };
  const bring = (text: string) => importPrices(deps, m.manager, new TextEncoder().encode(text), HEADINGS, []);
  return { deps, m, keys, common, bring };
}
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'none',
    (error: { code?: string }) => error.code ?? String(error),
  );

describe('services from a scope', () => {
  it('makes a draft of each group and publishes those that say all', async () => {
    const { deps, m, keys, common } = await centre();
    const ids = await draftServices(
      deps,
      m.manager,
      keys.map((key, i) => ({ key, unitNet: i === 0 ? 0 : 12_000 })),
      common,
    );
    expect(ids).toHaveLength(3);
    const { published, unpublished } = await publishDrafts(deps, m.manager, ids);
    expect(published).toBe(2);
    expect(unpublished).toMatchObject([{ id: ids[0], field: 'unitNet', reason: 'missing' }]);
    const { services: list } = await listCentreServices(deps, m.manager);
    expect(list.find(({ id }) => id === ids[0])?.status).toBe('draft');
    const second = list.find(({ id }) => id === ids[1]);
    expect(second).toMatchObject({ status: 'published', unitNet: 12_000, specification: 'JJF 1000-2020' });
    expect(second?.nameZh).toMatch(/校准$/);
    const view = await viewUnlistedScope(deps, m.manager);
    expect(view.groups.filter(({ key }) => keys.includes(key)).map(({ services }) => services)).toEqual([1, 1, 1]);
  });

  it('makes none when one cannot be made, and none for who drafts none', async () => {
    const { deps, m, keys, common } = await centre();
    const chosen = [...keys, 'nothing | there'].map((key) => ({ key, unitNet: 100 }));
    expect(await refusal(draftServices(deps, m.manager, chosen, common))).toBe('invalid_form');
    expect(await refusal(draftServices(deps, m.manager, chosen.slice(0, 1), { ...common, poolIds: ['another'] }))).toBe('invalid_form');
    for (const role of ['finance', 'scheduler'] as const)
      expect(await refusal(draftServices(deps, { ...m.manager, role }, chosen.slice(0, 1), common))).toBe('forbidden');
    expect(await deps.db.read((q) => q.select().from(listing))).toEqual([]);
  });

  it('says which price is none, and which stands beside a group that is not ticked', () => {
    const rows = ['a', 'b', 'c'].map((key, i) => ({ key, price: ['12.50', '', '9'][i]! }));
    expect(chosenOf(rows.slice(0, 2), ['a', 'b'], '20')).toEqual({
      chosen: [
        { key: 'a', unitNet: 1_250 },
        { key: 'b', unitNet: 2_000 },
      ],
    });
    expect(chosenOf(rows, ['a', 'b'], '')).toEqual({ faults: { c: 'unticked' }, forAll: false });
    expect(chosenOf([{ key: 'a', price: '1.234' }], ['a'], 'x')).toEqual({ faults: { a: 'price' }, forAll: true });
  });
});

describe('several services at once', () => {
  it('are paused and resumed together, drafts refuse all', async () => {
    const { deps, m, keys, common } = await centre();
    const ids = await draftServices(
      deps,
      m.manager,
      keys.map((key) => ({ key, unitNet: 100 })),
      common,
    );
    await publishDrafts(deps, m.manager, ids.slice(1));
    expect(await refusal(setStatuses(deps, m.manager, ids, 'paused'))).toBe('invalid_form');
    expect(await setStatuses(deps, m.manager, ids.slice(1), 'paused')).toBe(2);
    expect(await setStatuses(deps, m.manager, ids.slice(1), 'paused')).toBe(0);
    expect(await setStatuses(deps, m.manager, ids.slice(1), 'published')).toBe(2);
    expect(await refusal(setStatuses(deps, { ...m.manager, role: 'finance' }, ids.slice(1), 'paused'))).toBe('forbidden');
  });
});

describe('the price table', () => {
  it.each(['xlsx', 'csv'] as const)('comes back as it went out (%s)', async (format) => {
    const { deps, m, keys, common } = await centre();
    await publishDrafts(
      deps,
      m.manager,
      await draftServices(
        deps,
        m.manager,
        keys.map((key) => ({ key, unitNet: 12_000 })),
        common,
      ),
    );
    const { bytes } = await exportPrices(deps, m.manager, format, WORDS);
    const { found } = await listCentreServices(deps, m.manager);
    const same = await importPrices(deps, m.manager, bytes, HEADINGS, []);
    expect(same).toMatchObject({ changed: [], kept: [], unsure: 0, left: 0, unread: [] });
    expect('unchanged' in same && same.unchanged.length).toBe(found);
    expect(await refusal(importPrices(deps, { ...m.manager, role: 'finance' }, bytes, HEADINGS, []))).toBe('forbidden');
  });

  it('changes what it says, raises versions, and nothing when a line is wrong', async () => {
    const { deps, m, keys, common, bring } = await centre();
    const ids = await draftServices(
      deps,
      m.manager,
      keys.map((key) => ({ key, unitNet: 12_000 })),
      common,
    );
    await publishDrafts(deps, m.manager, ids.slice(1));
    const wrong = await bring(`note\nid,unitNet,expedite\n${ids[0]},130,\n${ids[1]},abc,30\n,5,\n${ids[2]},0,\nnowhere,5,\n${ids[0]},7,`);
    expect(wrong).toMatchObject({
      faults: [
        { line: 4, field: 'unitNet', reason: 'price' },
        { line: 5, field: 'id', reason: 'no_id' },
        { line: 6, field: 'unitNet', reason: 'missing' },
        { line: 7, field: 'id', reason: 'no_service' },
        { line: 8, field: 'id', reason: 'id_twice' },
      ],
    });
    const right = await bring(`id,unitNet,expedite,colour\n${ids[0]},"¥1,300.00",\n${ids[1]},140,30%\n${ids[2]},120,`);
    expect(right).toMatchObject({ unchanged: [{ id: ids[2] }], unsure: 3, unread: ['colour'] });
    if (!('changed' in right)) throw new Error(JSON.stringify(right));
    expect(right.changed.map(({ id, changes }) => [id, changes])).toEqual(
      expect.arrayContaining([
        [ids[0], [{ field: 'unitNet', from: '120', to: '1300' }]],
        [
          ids[1],
          [
            { field: 'unitNet', from: '120', to: '140' },
            { field: 'expedite', from: '', to: '30' },
          ],
        ],
      ]),
    );
    const { services: list } = await listCentreServices(deps, m.manager);
    expect(ids.map((id) => list.find((row) => row.id === id)?.unitNet)).toEqual([130_000, 14_000, 12_000]);
    const versions = await deps.db.read((q) => q.select().from(serviceVersion));
    expect(
      versions
        .filter(({ serviceId }) => serviceId === ids[1])
        .map(({ version }) => version)
        .sort(),
    ).toEqual([1, 2]);
    expect(await publishDrafts(deps, m.manager, [ids[0]!])).toMatchObject({ published: 1 });
  });

  it('overwrites nothing that somebody changed since it went out', async () => {
    const { deps, m, keys, common, bring } = await centre();
    const ids = await draftServices(
      deps,
      m.manager,
      keys.map((key) => ({ key, unitNet: 12_000 })),
      common,
    );
    await publishDrafts(deps, m.manager, ids.slice(1));
    const { bytes } = await exportPrices(deps, m.manager, 'csv', WORDS);
    const table = new TextDecoder().decode(bytes);
    const lines = table.split('\r\n');
    const at = (id: string | undefined) => lines.findIndex((line) => line.startsWith(id!));
    const priced = (id: string | undefined, net: number) => {
      const copy = [...lines];
      copy[at(id)] = copy[at(id)]!.replace(',piece,120,', `,piece,${net},`);
      return copy.join('\r\n');
    };
    const nets = async () => {
      const { services } = await listCentreServices(deps, m.manager);
      return ids.map((id) => services.find((row) => row.id === id)?.unitNet);
    };
    // A colleague raises the second and the draft meanwhile.
    await bring(`id,unitNet\n${ids[1]},150\n${ids[0]},155`);
    for (const [id, now] of [
      [ids[1], '150'],
      [ids[0], '155'],
    ])
      expect(await bring(priced(id, 130))).toEqual({
        faults: [{ line: at(id) + 1, field: 'unitNet', reason: 'stale', stale: { was: '120', typed: '130', now } }],
        read: lines.filter((line) => line !== '').length - 1,
      });
    // Another field of the same line: the two were never seen together.
    const vat = [...lines];
    vat[at(ids[1])] = vat[at(ids[1])]!.replace(/,6,"\{/, ',13,"{');
    const mixed = await bring(vat.join('\r\n'));
    expect('faults' in mixed && mixed.faults.map(({ field, stale }) => [field, stale?.was, stale?.now])).toEqual([
      ['unitNet', '120', '150'],
      ['vat', '6', '6'],
    ]);
    expect(await nets()).toEqual([15_500, 15_000, 12_000]);
    // A line that is right beside one that is not: nothing is stored.
    const both = priced(ids[1], 130).split('\r\n');
    both[at(ids[2])] = both[at(ids[2])]!.replace(',piece,120,', ',piece,125,');
    expect(await bring(both.join('\r\n'))).toMatchObject({ faults: [{ reason: 'stale' }] });
    expect(await nets()).toEqual([15_500, 15_000, 12_000]);
    // What the table leaves alone keeps what the colleague gave it, and that is said; others change.
    const third = await bring(priced(ids[2], 125));
    expect(third).toMatchObject({ changed: [{ id: ids[2] }] });
    expect('kept' in third && new Set(third.kept.map(({ id }) => id))).toEqual(new Set(ids.slice(0, 2)));
    expect(await nets()).toEqual([15_500, 15_000, 12_500]);
    // Both came to the same price: still said, since one of them did not know of the other.
    expect(await bring(priced(ids[1], 150))).toMatchObject({ faults: [{ reason: 'stale', stale: { typed: '150', now: '150' } }] });
    // A cell of the export that was written over says nothing any more.
    for (const broken of ['x', '[]', 'null', '{"colour":"red"}', '{"unitNet":12}'])
      expect(await bring(`id,unitNet,basis\n${ids[1]},130,"${broken.replaceAll('"', '""')}"`)).toMatchObject({
        faults: [{ line: 2, field: 'basis', reason: 'basis' }],
      });
  });

  it('refuses a table without ids, and a column said twice', async () => {
    const { bring } = await centre();
    expect(await bring('name,unitNet\nx,1')).toMatchObject({ refused: 'headings' });
    expect(await bring('id,unitNet,unitNet\nx,1,2')).toMatchObject({ faults: [{ reason: 'column_twice' }, { reason: 'no_service' }] });
    expect(await bring('')).toMatchObject({ refused: 'empty' });
  });

  it('takes 500 services out and in within two seconds', async () => {
    const { deps, m, keys, common } = await centre();
    const many = Array.from({ length: 500 }, (_, i) => ({ key: keys[i % keys.length]!, unitNet: 10_000 + i }));
    await publishDrafts(deps, m.manager, await draftServices(deps, m.manager, many, common));
    const begun = performance.now();
    const { bytes } = await exportPrices(deps, m.manager, 'csv', WORDS);
    const raised = new TextDecoder().decode(bytes).replaceAll(/,piece,(\d+)/g, (_, yuan) => `,piece,${Number(yuan) + 1}`);
    const outcome = await importPrices(deps, m.manager, new TextEncoder().encode(raised), HEADINGS, []);
    const took = performance.now() - begun;
    expect('changed' in outcome && outcome.changed.length).toBeGreaterThanOrEqual(500);
    console.info(`500 services out and in: ${Math.round(took)} ms`);
    expect(took).toBeLessThan(2_000);
  }, 60_000);
});
