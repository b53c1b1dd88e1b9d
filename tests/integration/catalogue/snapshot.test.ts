import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { announce, followChanges, hasMark, markFeed } from '#app/core/change-feed.server.ts';
import { loadScopes, type Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { FACETS } from '#app/modules/catalogue/facets.ts';
import { findByNeed } from '#app/modules/catalogue/find-by-need.server.ts';
import { findByWords } from '#app/modules/catalogue/find-by-words.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { NEED_DEFAULTS } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { readFilters } from '#app/modules/catalogue/search-query.ts';
import { capability } from '#db/schema/capability.ts';
import { service } from '#db/schema/catalogue.ts';
import { accreditation, centre } from '#db/schema/centres.ts';
import { changeFeed } from '#db/schema/core.ts';
import { seed } from '#seeds/seed.ts';
import { testDeps } from '#tests/support/database.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hengji-snapshots-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function demonstration() {
  const deps = await testDeps();
  await seed(deps, { history: false });
  const warned: string[] = [];
  const log = { info: () => {}, warn: (facts: object) => void warned.push(JSON.stringify(facts)), error: () => {} };
  const keep = { folder, log, fewest: 1 };
  const start = () => ({ catalogue: loadCatalogue(deps, keep), scopes: loadScopes(deps, keep) });
  const change = async (
    kind: 'service' | 'centre' | 'capability',
    ref: string,
    work: (tx: Parameters<Parameters<typeof deps.db.write>[0]>[0]) => Promise<unknown>,
  ) =>
    deps.db.write(async (tx) => {
      await work(tx);
      await announce(tx, kind, ref, deps.time.now);
    });
  return { deps, start, warned, change };
}

const NEEDS = [
  { item: '外径千分尺', min: '0', max: '25', unit: 'mm', limit: '0.5', lunit: 'µm' },
  { min: '1', max: '100', unit: 'mm', limit: '2', lunit: 'µm', family: 'any' as const },
  { item: '数字多用表', min: '0', max: '10', unit: 'V', pmin: '0.05', pmax: '1', punit: 'kHz' },
  { item: 'E2 砝码', min: '1', max: '200', unit: 'g', limit: '1', lunit: 'mg' },
  { item: '压力表', min: '0', max: '60', unit: 'MPa' },
];
const WORDS = ['', '校准', '外径千分尺', '苏州', 'JJG 21', 'micrometer calibration', '量块 检定', '千分斥', 'qianfenchi'];

/** All that a visitor can be told of what is kept. */
function told(catalogue: Catalogue, scopes: Scopes, now: number) {
  const filters = readFilters(new URLSearchParams(), ['fit']);
  return {
    cards: [...catalogue.services.values()].map((card) => ({ ...card, under: [...card.under] })).sort((a, b) => (a.id < b.id ? -1 : 1)),
    rows: [...catalogue.centres.keys()].flatMap((id) => scopes.of(id)).sort((a, b) => (a.id < b.id ? -1 : 1)),
    facts: { ...catalogue.facts(), fields: new Map(catalogue.facts().fields), of: catalogue.facts().of(['calibration', 'testing'], now) },
    words: WORDS.map((words) => {
      const { found, instead, meant } = findByWords(catalogue, scopes.vocabulary, {
        words,
        facets: {},
        sort: 'fit',
        offset: 0,
        limit: 500,
      });
      const counts = FACETS.map((facet) => [...found.counts[facet]].filter(([, count]) => count > 0).sort());
      return { ids: found.ids, counts, instead, meant };
    }),
    prices: catalogue.search.search({ words: '', facets: { city: ['suzhou'] }, sort: 'price', offset: 0, limit: 500 }).ids,
    needs: NEEDS.map((asked) => {
      const { need, pieces, family, place } = readNeed({ ...NEED_DEFAULTS, ...asked }, needVocabulary(catalogue, scopes, now));
      const found = findByNeed({ catalogue, scopes }, { need: need!, pieces, family, place, filters, bounds: {} });
      const offers = [...found.offers, ...found.near].map(({ service: { id }, match, accreditation, price }) => {
        const { verdict, shortfall, capabilityIds, u, reasons, alternatives } = match;
        return { id, verdict, shortfall, capabilityIds, u, reasons, alternatives, accreditation, price };
      });
      return { offers, counts: Object.entries(found.counts).map(([facet, values]) => [facet, [...values].sort()]) };
    }),
  };
}

describe('a mark in the feed', () => {
  it('is a kind of its own and tells nobody of a change', async () => {
    const deps = await testDeps();
    const changes = followChanges(deps);
    await changes();
    const mark = await markFeed(deps);
    await deps.db.write((tx) => announce(tx, 'service', 'a', deps.time.now));
    expect((await changes()).map(({ kind, ref }) => [kind, ref])).toEqual([['service', 'a']]);
    const [row] = await deps.db.read((q) => q.select().from(changeFeed).where(eq(changeFeed.seq, mark.seq)));
    expect(row?.kind).toBe('feed');
    expect(await hasMark(deps, mark, 0)).toBe(true);
    expect(await hasMark(deps, { ...mark, ref: 'mark-of-another' }, 0)).toBe(false);
  });
});

describe('a start from a snapshot', () => {
  it('says what the tables say, whatever changed in between', async () => {
    const { deps, start, warned, change } = await demonstration();
    // Two that end in between without anybody saying so.
    const held = await deps.db.read((q) => q.select().from(accreditation));
    const ends = held.filter(({ checkState }) => checkState === 'accepted').slice(0, 2);
    await deps.db.write((tx) =>
      tx
        .update(accreditation)
        .set({ validUntil: deps.time.now + 1000 })
        .where(
          inArray(
            accreditation.id,
            ends.map(({ id }) => id),
          ),
        ),
    );
    const before = start();
    await Promise.all([before.catalogue.current(), before.scopes.current()]);
    const [first, second, third] = (await deps.db.read((q) => q.select().from(service).where(eq(service.status, 'published')))) as [
      typeof service.$inferSelect,
      typeof service.$inferSelect,
      typeof service.$inferSelect,
    ];
    const rows = (await deps.db.read((q) => q.select().from(capability))).slice(0, 2);
    await change('service', first.id, (tx) =>
      tx.update(service).set({ unitNet: 123_400, nameZh: '改名的服务' }).where(eq(service.id, first.id)),
    );
    await change('service', second.id, (tx) => tx.update(service).set({ status: 'paused' }).where(eq(service.id, second.id)));
    await change('centre', third.centreId, (tx) =>
      tx.update(centre).set({ nameZh: '改名的中心', verifiedAt: null }).where(eq(centre.id, third.centreId)),
    );
    await change('capability', rows[0]!.id, (tx) =>
      tx.update(capability).set({ instrumentZh: '改名的仪器', designation: 'E2' }).where(eq(capability.id, rows[0]!.id)),
    );
    await change('capability', rows[1]!.id, (tx) => tx.update(capability).set({ validUntil: 1 }).where(eq(capability.id, rows[1]!.id)));
    deps.time.now += 2000;
    const kept = start();
    const plain = { catalogue: loadCatalogue(deps), scopes: loadScopes(deps) };
    const found = told(await kept.catalogue.current(), await kept.scopes.current(), deps.time.now);
    expect(found).toEqual(told(await plain.catalogue.current(), await plain.scopes.current(), deps.time.now));
    expect(found.words[1]!.ids.length).toBeGreaterThan(0);
    expect(found.needs.every(({ offers }) => offers.length > 0)).toBe(true);
    expect(warned).toEqual([]);
    // And goes on following.
    await change('service', second.id, (tx) => tx.update(service).set({ status: 'published' }).where(eq(service.id, second.id)));
    expect((await kept.catalogue.current()).services.has(second.id)).toBe(true);
  });

  it('reads the tables where the file is cut, changed, too old or of another database, and says so', async () => {
    const { deps, start, warned } = await demonstration();
    const written = async () => {
      await start().catalogue.current();
      return join(folder, 'catalogue.snapshot');
    };
    const file = await written();
    const whole = readFileSync(file);
    const spoil: [string, () => unknown][] = [
      ['end is missing', () => truncateSync(file, statSync(file).size - 100)],
      [
        'sum is wrong',
        () => writeFileSync(file, Buffer.concat([whole.subarray(0, -2000), Buffer.from([whole.at(-2000)! ^ 1]), whole.subarray(-1999)])),
      ],
      ['head', () => writeFileSync(file, 'no snapshot')],
      ['feed', () => deps.db.write((tx) => tx.delete(changeFeed))],
    ];
    for (const [said, work] of spoil) {
      await written();
      await work();
      warned.length = 0;
      expect((await start().catalogue.current()).services.size).toBeGreaterThan(100);
      expect(warned.join()).toContain(said);
    }
    await written();
    deps.time.now += 4 * 86_400_000;
    warned.length = 0;
    await start().catalogue.current();
    expect(warned.join()).toContain('feed');
  });

  it('is not left behind by a small catalogue, and by its end only where much was followed', async () => {
    const { deps } = await demonstration();
    const log = { info: () => {}, warn: () => {}, error: () => {} };
    const small = loadCatalogue(deps, { folder, log });
    await small.current();
    await small.close();
    expect(() => statSync(join(folder, 'catalogue.snapshot'))).toThrow();
  });
});
