/** What people type finds what they mean: both searches over the seeded demonstration. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadScopes, type Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { findByNeed } from '#app/modules/catalogue/find-by-need.server.ts';
import { findByWords } from '#app/modules/catalogue/find-by-words.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { NEED_DEFAULTS, type NeedText } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary, readingBy } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { placesOf } from '#app/modules/catalogue/read-sentence.server.ts';
import { readFilters } from '#app/modules/catalogue/search-query.ts';
import { spreadItem } from '#app/modules/catalogue/spread-item.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { seed } from '#seeds/seed.ts';
import found from '#tests/data/cases-found.json' with { type: 'json' };
import { freshDatabaseUrl, MONDAY } from '#tests/support/database.ts';
import searches from './everyday-searches.json' with { type: 'json' };

let catalogue: Catalogue;
let scopes: Scopes;

let read: Promise<void> | undefined;

/** Read into memory once; nothing here writes. */
async function readDemonstration(): Promise<void> {
  const db = openDatabase(await freshDatabaseUrl());
  const clock = () => MONDAY;
  await seed({ db, clock });
  catalogue = await loadCatalogue({ db, clock }).current();
  scopes = await loadScopes({ db, clock }).current();
  await db.close();
}

beforeEach(() => {
  read ??= readDemonstration();
  return read;
}, 60_000);

const words = (text: string, limit = 24) =>
  findByWords(catalogue, scopes.vocabulary, { words: text, facets: {}, sort: 'fit', offset: 0, limit });
const first = (text: string) => {
  const card = catalogue.services.get(words(text, 1).found.ids[0] ?? '');
  return card && [card.instrumentZh, ...card.soldOn];
};
const spread = (item: string) => spreadItem({ ...NEED_DEFAULTS, item }, scopes.vocabulary, placesOf(catalogue.cities()), readingBy(scopes));

function firstOfNeed(text: NeedText): string | undefined {
  const { need, pieces, problems } = readNeed({ ...text, family: 'any' }, needVocabulary(catalogue, scopes, MONDAY));
  if (!need) throw new Error(JSON.stringify(problems));
  const filters = readFilters(new URLSearchParams(), ['fit']);
  const { offers, near } = findByNeed({ catalogue, scopes }, { need, pieces, family: 'any', place: null, filters, bounds: {} });
  return [...offers, ...near][0]?.match.instrumentZh;
}

describe('the commonest instruments stand first', () => {
  it.each(searches.commonest.flatMap(([zh = '', ...names]) => names.map((name) => [name, zh] as const)))('%s → %s', (name, zh) => {
    expect(first(name)).toContain(zh);
  });

  it.each(searches.commonest.map(([zh = '', name = '', en = '']) => [zh, name, en] as const))(
    'in the search by need: %s',
    (zh, ...names) => {
      for (const name of names) {
        const [best] = needVocabulary(catalogue, scopes, MONDAY).names(name)?.instruments ?? [];
        expect([name, best !== undefined]).toEqual([name, true]);
        const meant = needVocabulary(catalogue, scopes, MONDAY).names(name)?.instruments;
        expect(meant, name).toContain(zh.toLowerCase().normalize('NFKC'));
      }
      expect(firstOfNeed({ ...NEED_DEFAULTS, item: zh })).toBe(zh);
    },
  );
});

describe('everyday searches', () => {
  it.each(searches.everyday as [string, string, Partial<NeedText> | null][])('%s', (text, zh, fills) => {
    const { found: result, instead } = words(text);
    expect([instead, result.total > 0]).toEqual([null, true]);
    expect(first(text)).toContain(zh);
    if (fills === null) return;
    const { text: need } = spread(text);
    expect(need).toMatchObject(fills);
    const meant = needVocabulary(catalogue, scopes, MONDAY).names(need.item)?.instruments;
    expect(meant).toEqual(expect.arrayContaining([zh.toLowerCase().normalize('NFKC')]));
  });

  it.each(searches.misspelt as [string, string][])('%s: was %s meant?', (typed, meant) => {
    const { instead, found: result } = words(typed);
    expect(instead?.words).toBe(meant);
    expect(result.total).toBe(words(meant).found.total);
  });
});

describe('cases found on other software', () => {
  const total = (text: string) => words(text).found.total;
  const ids = found.cases.filter(({ area }) => area === 'search').map(({ id }) => id);
  const checks: Record<string, () => void> = {
    'search-joined-words': () => {
      expect(total('苏州千分尺')).toBe(total('苏州 千分尺'));
      expect(total('校准千分尺')).toBe(total('千分尺 校准'));
      for (const text of ['苏州千分尺', '校准千分尺']) expect(total(text)).toBeGreaterThan(0);
    },
    'search-synonym': () => {
      for (const text of ['游标卡尺', '万用表']) expect([text, total(text) > 0]).toEqual([text, true]);
      expect(total('万用表')).toBe(total('数字多用表'));
    },
    'search-plural': () => {
      for (const [many, one] of [
        ['wrenches', 'wrench'],
        ['gauges', 'gauge'],
        ['gage', 'gauge'],
      ] as const)
        expect([many, total(many)]).toEqual([many, total(one)]);
      expect(total('gage')).toBeGreaterThan(0);
    },
  };
  it.each(ids)('%s', (id) => {
    expect(checks).toHaveProperty(id);
    checks[id]?.();
  });
});

describe('nothing typed is dropped without a word', () => {
  it.each([
    ['上海千分尺', ['上海']],
    ['红色 千分尺 0.02mm 0-25mm', ['红色', '0.02mm']],
    ['千分尺 卡尺', ['卡尺']],
    ['万用表校准多少钱', ['多少钱']],
    ['digital torque wrench', ['digital']],
  ])('%s', (text, unused) => {
    expect([...(spread(text).reading?.unused ?? [])].sort()).toEqual([...unused].sort());
  });

  it('a size stays with its instrument, whatever else is said', () => {
    expect(spread('螺纹塞规 M120').text.item).toBe('螺纹塞规 M120');
    const { text, reading } = spread('2件螺纹塞规 M10');
    expect(text).toMatchObject({ item: '螺纹塞规 M10', n: '2' });
    expect(reading?.unused).toEqual([]);
  });

  it('what was filled by hand stays, and the sentence that says otherwise is said to be unused', () => {
    const { text, reading } = spreadItem({ ...NEED_DEFAULTS, item: '12把千分尺', n: '5' }, scopes.vocabulary, new Map(), readingBy(scopes));
    expect(text).toMatchObject({ item: '千分尺', n: '5' });
    expect(reading?.unused).toEqual(['× 12']);
  });

  it('an accuracy class of a gauge is a share of its span, and waits for the range', () => {
    expect(spread('压力表 0.4级').reading?.accuracyClass).toEqual({ value: '0.4', means: 'no_range' });
    expect(spread('压力表 0.4级 0-100 kPa').text).toMatchObject({ by: 'mpe', limit: '0.4', lunit: 'kPa' });
    expect(spread('电磁流量计 0.5级').text).toMatchObject({ by: 'mpe', limit: '0.5', lunit: '%' });
    expect(spread('量块 2级').reading?.accuracyClass).toEqual({ value: '2', means: 'grade' });
  });

  it('what finds nothing names the nearest, and what was left out of it', () => {
    expect(words('上海千分尺').instead).toEqual({ words: '千分尺', changed: [], dropped: ['上海'] });
    expect(words('千份尺 上海').instead).toMatchObject({ words: '千分尺', changed: [{ from: '千份尺', to: '千分尺' }], dropped: ['上海'] });
    expect(words('曲速引擎')).toMatchObject({ instead: null, nothing: true, found: { total: 0 } });
  });
});
