import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACETS, type Facet } from './facets.ts';
import type { Query, ServiceEntry } from './search-entry.ts';
import { SearchIndex } from './search-index.ts';
import { phraseText } from './text.ts';

const entry = (over: Partial<ServiceEntry>): ServiceEntry => ({
  id: 'a',
  slug: 'a',
  centreId: 'c',
  family: 'calibration',
  field: 'length',
  city: 'suzhou',
  park: null,
  accreditations: [],
  deliveryModes: ['at_centre'],
  booking: 'instant',
  price: 100,
  instrument: [],
  soldOn: [],
  nameZh: '',
  strongText: '',
  weakText: '',
  weight: 0,
  ...over,
});
const ask = (over: Partial<Query> = {}): Query => ({ words: '', facets: {}, sort: 'fit', offset: 0, limit: 24, ...over });

describe('words', () => {
  const index = new SearchIndex();
  index.upsert(
    entry({
      id: 'mic',
      instrument: ['外径千分尺'],
      strongText: '外径千分尺校准 External micrometer calibration JJG 21-2008',
      weakText: '示范 · 姑苏精密计量测试中心',
    }),
  );
  index.upsert(
    entry({
      id: 'cal',
      instrument: ['游标卡尺'],
      strongText: '游标卡尺校准 Vernier caliper JJG 30-2012',
      weakText: '示范 · 太湖几何量实验室',
    }),
  );
  index.upsert(entry({ id: 'far', strongText: '外径测量仪 千分表', weakText: '分尺' }));

  const find = (words: string) => index.search(ask({ words })).ids;
  it.each([
    ['two characters', '校准', ['cal', 'mic']],
    ['one character', '尺', ['cal', 'mic', 'far']],
    ['a long word as it stands, not its pieces', '外径千分尺', ['mic']],
    ['an English beginning', 'micro', ['mic']],
    ['a specification number', 'JJG 21-2008', ['mic']],
    ['full-width letters', 'ＪＪＧ', ['cal', 'mic']],
    ['a centre', '太湖', ['cal']],
    ['both languages at once', '校准 vernier', ['cal']],
    ['nothing', '坩埚', []],
    ['only signs', '！？ -', ['cal', 'far', 'mic']],
    ['words joined', '校准千分尺', ['mic']],
    ['words joined the other way round', '太湖校准', ['cal']],
    ['letters beside digits', 'jjg21', ['mic']],
    ['letters and digits joined throughout', 'JJG21-2008', ['mic']],
    ['traditional characters', '遊標卡尺', ['cal']],
    ['plurals and British spelling', 'vernier callipers', ['cal']],
    ['another name', '螺旋测微器', ['mic']],
    ['pinyin', 'youbiaokachi', ['cal']],
    ['initials', 'ybkc', ['cal']],
  ])('finds by %s', (_, words, ids) => {
    expect(find(words)).toEqual(ids);
  });

  it('puts what is named so before what merely mentions it', () => {
    expect(find('分尺')).toEqual(['mic', 'far']);
  });
});

describe('a search asked again', () => {
  it('pages through the same result, and follows what has changed since', () => {
    const index = new SearchIndex();
    for (const id of ['a', 'b', 'c']) index.upsert(entry({ id, strongText: '校准', city: id === 'c' ? 'wuxi' : 'suzhou' }));
    const found = (over: Partial<Query>) => index.search(ask({ words: '校准', limit: 2, ...over }));
    expect(found({}).ids).toEqual(['a', 'b']);
    expect(found({ offset: 2 }).ids).toEqual(['c']);
    expect(found({ priceMax: 50 }).total).toBe(0);
    expect(found({ facets: { city: ['wuxi'] } })).toMatchObject({ total: 1, ids: ['c'] });
    index.remove('b');
    index.upsert(entry({ id: 'c', strongText: '校准', city: 'suzhou' }));
    expect(found({})).toMatchObject({ total: 2, ids: ['a', 'c'] });
    expect(found({}).counts.city.get('suzhou')).toBe(2);
    expect(found({ facets: { city: ['wuxi'] } }).total).toBe(0);
  });
});

describe('search', () => {
  const words = ['校准', '千分尺', '卡尺', '压力表', 'gauge', 'gauges', 'JJG21'];
  const entries = fc.array(
    fc.record({
      family: fc.constantFrom('calibration' as const, 'testing' as const),
      field: fc.constantFrom('length', 'mechanics', 'heat'),
      city: fc.constantFrom('suzhou', 'changzhou'),
      park: fc.constantFrom(null, 'p1', 'p2'),
      accreditations: fc.subarray(['CNAS' as const, 'CMA' as const]),
      deliveryModes: fc.subarray(['at_centre' as const, 'courier' as const], { minLength: 1 }),
      booking: fc.constantFrom('instant' as const, 'approve' as const),
      price: fc.integer({ min: 1, max: 40 }),
      strong: fc.subarray(words),
      weak: fc.subarray(words),
      weight: fc.integer({ min: 0, max: 3 }),
    }),
    { maxLength: 120 },
  );
  const queries = fc.record({
    words: fc.constantFrom('', '校准', '千分尺', '尺', 'gau', '校准 卡尺', '压力 表'),
    family: fc.subarray(['calibration', 'testing']),
    field: fc.subarray(['length', 'mechanics', 'nowhere']),
    accreditation: fc.subarray(['CNAS', 'CMA']),
    delivery: fc.subarray(['courier']),
    priceMin: fc.option(fc.integer({ min: 0, max: 45 }), { nil: undefined }),
    priceMax: fc.option(fc.integer({ min: 0, max: 45 }), { nil: undefined }),
    sort: fc.constantFrom('fit' as const, 'price' as const, 'price_desc' as const),
    offset: fc.integer({ min: 0, max: 30 }),
  });

  const valuesOf: Record<Facet, (e: ServiceEntry) => readonly string[]> = {
    family: (e) => [e.family],
    field: (e) => [e.field],
    city: (e) => [e.city],
    park: (e) => (e.park ? [e.park] : []),
    accreditation: (e) => e.accreditations,
    delivery: (e) => e.deliveryModes,
    booking: (e) => [e.booking],
  };
  const matches = (e: ServiceEntry, query: Query, without?: Facet) => {
    const text = phraseText(`${e.strongText}\n${e.weakText}`);
    // Every word of these queries is one by itself; in letters, also the beginning of one.
    const worded = query.words.split(' ').every((word) => text.includes(/[a-z]/.test(word) ? ` ${word}` : word));
    return (
      worded &&
      (query.priceMin === undefined || e.price >= query.priceMin) &&
      (query.priceMax === undefined || e.price <= query.priceMax) &&
      FACETS.every((facet) => {
        const chosen = facet === without ? undefined : query.facets[facet];
        return !chosen?.length || valuesOf[facet](e).some((value) => chosen.includes(value));
      })
    );
  };

  it('agrees with looking at every service, before and after changes', () => {
    fc.assert(
      fc.property(
        entries,
        queries,
        fc.array(fc.nat(150)),
        (made, { words: w, family, field, accreditation, delivery, ...rest }, removed) => {
          const index = new SearchIndex();
          const all = new Map(
            made.map(({ strong, weak, ...e }, i) => [
              `s${i}`,
              entry({ ...e, id: `s${i}`, strongText: strong.join(' '), weakText: weak.join(' ') }),
            ]),
          );
          for (const e of all.values()) index.upsert(e);
          for (const n of removed) {
            // What is kept for searching is there to be kept right.
            if (n % 3 === 0) index.search(ask({ words: w }));
            const id = `s${n}`;
            const known = all.get(id);
            if (!known) continue;
            if (n % 2) {
              index.remove(id);
              all.delete(id);
            } else {
              const changed = {
                ...known,
                price: n % 8,
                city: 'moved',
                strongText: n % 4 ? known.strongText : `${known.weakText} gaugette`,
              };
              index.upsert(changed);
              all.set(id, changed);
            }
          }
          const query = ask({ words: w, facets: { family, field, accreditation, delivery }, limit: 10, ...rest });
          const found = index.search(query);
          const expected = [...all.values()].filter((e) => matches(e, query));
          expect(found.total).toBe(expected.length);
          expect(found.ids).toHaveLength(Math.max(0, Math.min(10, expected.length - query.offset)));
          const everything = index.search({ ...query, offset: 0, limit: 1000 }).ids;
          expect(new Set(everything)).toEqual(new Set(expected.map((e) => e.id)));
          expect(everything.slice(query.offset, query.offset + 10)).toEqual(found.ids);
          // As an index that never saw it change.
          const fresh = new SearchIndex();
          for (const e of all.values()) fresh.upsert(e);
          expect(everything).toEqual(fresh.search({ ...query, offset: 0, limit: 1000 }).ids);
          expect(index.words.words).toEqual(fresh.words.words);
          const prices = everything.map((id) => index.entry(id)?.price ?? 0);
          if (query.sort === 'price') expect(prices).toEqual([...prices].sort((a, b) => a - b));
          if (query.sort === 'price_desc') expect(prices).toEqual([...prices].sort((a, b) => b - a));
          for (const facet of FACETS)
            for (const [value, count] of found.counts[facet])
              expect(count).toBe([...all.values()].filter((e) => matches(e, query, facet) && valuesOf[facet](e).includes(value)).length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('filters and sorts by the earliest start it was told', () => {
    const index = new SearchIndex();
    for (const id of ['a', 'b', 'c']) index.upsert(entry({ id }));
    index.setEarliest('a', 300);
    index.setEarliest('c', 200);
    expect(index.search(ask({ sort: 'earliest' })).ids).toEqual(['c', 'a', 'b']);
    expect(index.search(ask({ earliestBy: 250 })).ids).toEqual(['c']);
  });
});
