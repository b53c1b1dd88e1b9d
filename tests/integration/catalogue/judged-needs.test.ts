/** What everyday needs find, and what is not called a fit: over the seeded demonstration. */
import { expect, it } from 'vitest';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import { findByNeed } from '#app/modules/catalogue/find-by-need.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { NEED_DEFAULTS } from '#app/modules/catalogue/need-fields.ts';
import { designates, needVocabulary } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { placesOf } from '#app/modules/catalogue/read-sentence.server.ts';
import { readFilters } from '#app/modules/catalogue/search-query.ts';
import { spreadItem } from '#app/modules/catalogue/spread-item.server.ts';
import { openDatabase } from '#db/open.server.ts';
import { seed } from '#seeds/seed.ts';
import { freshDatabaseUrl, MONDAY } from '#tests/support/database.ts';

it('nothing is called a fit that was not judged, and sizes mean ranges', async () => {
  const db = openDatabase(await freshDatabaseUrl());
  const clock = () => MONDAY;
  await seed({ db, clock });
  const catalogue = await loadCatalogue({ db, clock }).current();
  const scopes = await loadScopes({ db, clock }).current();
  const found = (item: string) => {
    const { text } = spreadItem({ ...NEED_DEFAULTS, item }, scopes.vocabulary, placesOf(catalogue.cities()), designates(scopes));
    const { need, pieces } = readNeed(text, needVocabulary(catalogue, scopes, MONDAY));
    if (!need) throw new Error(item);
    const filters = readFilters(new URLSearchParams(), ['fit']);
    return findByNeed({ catalogue, scopes }, { need, pieces, family: 'any', place: null, filters, bounds: {} });
  };
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
  for (const { capabilityIds } of unlisted) expect(catalogue.servicesOn(capabilityIds[0] ?? '')).toEqual([]);
  expect(unlisted.length).toBeGreaterThan(0);
  await db.close();
}, 60_000);
