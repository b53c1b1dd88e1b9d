/** What everyday needs find, and what is not called a fit: over the seeded demonstration. */
import { beforeEach, describe, expect, it } from 'vitest';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { fold } from '#app/modules/capability/words/fold.ts';
import { findByNeed } from '#app/modules/catalogue/find-by-need.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { NEED_DEFAULTS } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary, readingBy } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { placesOf } from '#app/modules/catalogue/read-sentence.server.ts';
import { readFilters } from '#app/modules/catalogue/search-query.ts';
import { spreadItem } from '#app/modules/catalogue/spread-item.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { seed } from '#seeds/seed.ts';
import { freshDatabaseUrl, MONDAY } from '#tests/support/database.ts';
import needs from './everyday-needs.json' with { type: 'json' };

const clock = () => MONDAY;
let find: (item: string) => ReturnType<typeof findByNeed> | null;
let read: Promise<void> | undefined;

/** Read into memory once; nothing here writes. */
async function readDemonstration(): Promise<void> {
  const db = openDatabase(await freshDatabaseUrl());
  await seed({ db, clock }, { history: false });
  const catalogue = await loadCatalogue({ db, clock }).current();
  const scopes = await loadScopes({ db, clock }).current();
  await db.close();
  const spread = (item: string) =>
    spreadItem({ ...NEED_DEFAULTS, item }, scopes.vocabulary, placesOf(catalogue.cities()), readingBy(scopes));
  left = (item) => spread(item).reading?.unused ?? [];
  onSale = (capabilityId) => catalogue.servicesOn(capabilityId).length > 0;
  meant = (item) => {
    const { text } = spread(item);
    return readNeed(text, needVocabulary(catalogue, scopes, MONDAY)).need?.instruments.map(fold) ?? [];
  };
  find = (item) => {
    const { text } = spread(item);
    const { need, pieces } = readNeed(text, needVocabulary(catalogue, scopes, MONDAY));
    const filters = readFilters(new URLSearchParams(), ['fit']);
    return need && findByNeed({ catalogue, scopes }, { need, pieces, family: 'any', place: null, filters, bounds: {} });
  };
}

beforeEach(() => {
  read ??= readDemonstration();
  return read;
}, 60_000);

let meant: (item: string) => string[];
let left: (item: string) => string[];
let onSale: (capabilityId: string) => boolean;
const found = (item: string) => {
  const answer = find(item);
  if (!answer) throw new Error(`${item} was not understood`);
  return answer;
};
/** What is said to fit, or to want a person's look, on sale or not. */
const answers = (item: string) => {
  const { offers, unlisted } = found(item);
  return [...offers.map(({ match }) => match), ...unlisted];
};
const fitting = (item: string) =>
  new Set(
    answers(item)
      .filter(({ verdict }) => verdict === 'fits')
      .map(({ instrumentZh }) => instrumentZh),
  );
describe('everyday needs', () => {
  it.each(needs.somebody as [string, string][])('%s: somebody can', (item, instrument) => {
    expect([...fitting(item)]).toContain(instrument);
  });

  it.each(needs.review as [string, string, string][])('%s: somebody may, and is asked', (item, instrument, why) => {
    const [first, ...others] = answers(item).filter((one) => one.instrumentZh === instrument);
    expect(first?.reasons.map(({ code }) => code)).toContain(why);
    expect([first, ...others].map((one) => one?.verdict)).not.toContain('fits');
  });

  it('counts no centre among those that fit whose answer has to be confirmed', () => {
    expect(found('0.4级精密压力表 10 MPa')).toMatchObject({ fitCentres: 0, openCentres: 2, nearCentres: 0 });
    expect(found('精密压力表 0-60MPa')).toMatchObject({ fitCentres: 2, openCentres: 0 });
  });

  it('says of every word that is not used that it is not', () => {
    const typed = [...needs.somebody, ...needs.review, ...needs.nobody].map(([item]) => item as string);
    const unused = Object.fromEntries(typed.map((item) => [item, left(item)] as const).filter(([, words]) => words.length > 0));
    expect(unused).toEqual(needs.unused);
  });

  it.each(needs.nobody as [string, string][])('%s: nobody is said to', (item, instrument) => {
    expect([...fitting(item)]).toEqual([]);
    expect(meant(item)).toContain(fold(instrument));
  });
});

it('where nothing is on sale, what comes nearest is shown, and what it lacks', () => {
  for (const [item, instrument] of [
    ['吊秤 5t', '数字指示秤'],
    ['台秤 5吨', '数字指示秤'],
  ] as const) {
    const { total, near, unlisted, nearUnlisted } = found(item);
    expect([total, near.length, unlisted.length]).toEqual([0, 0, 0]);
    expect(nearUnlisted[0]).toMatchObject({ instrumentZh: instrument, verdict: 'near' });
    expect(nearUnlisted[0]?.reasons.map(({ code }) => code)).toContain('range_short');
  }
  expect(found('台秤 3t').nearUnlisted).toEqual([]);
});

it('nothing is called a fit that was not judged, and sizes mean ranges', () => {
  const slugs = (item: string) => found(item).offers.map(({ service }) => service.slug);
  expect(found('压力表 0.4级').offers.map(({ match }) => match.verdict)).not.toContain('fits');
  expect(slugs('游标卡尺 300mm')).toEqual(slugs('游标卡尺 0-300mm'));
  expect(slugs('千分尺 0-1in')).toEqual(slugs('千分尺 0-25mm'));
  expect(found('数字多用表 1000V 50Hz').offers.map(({ match }) => match.measurandZh)).not.toContain('直流电压');
  expect(found('数字多用表 0-100MΩ').total).toBeGreaterThan(0);
  expect(found('砝码 F1级 20kg').offers[0]?.match.verdict).toBe('fits');
  const unlisted = ['声级计 1kHz', '频谱仪 3GHz', '信号发生器 1GHz', '绝缘电阻表 100MΩ', '噪声计 94dB'].flatMap(
    (item) => found(item).unlisted,
  );
  for (const { capabilityIds } of unlisted) expect(onSale(capabilityIds[0] ?? '')).toBe(false);
  expect(unlisted.length).toBeGreaterThan(0);
});
