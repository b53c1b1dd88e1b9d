/** A row stored with its own k or class, searched by a need with its own: from the form to the answer. */
import { describe, expect, it } from 'vitest';
import { saveRow } from '#app/modules/capability/import/edit-row.server.ts';
import { exportScope } from '#app/modules/capability/import/export-scope.server.ts';
import type { RowText } from '#app/modules/capability/import/judge-row.ts';
import { findMatches } from '#app/modules/capability/search/find-matches.ts';
import { loadScopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Reason } from '#app/modules/capability/search/match-reasons.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { NEED_DEFAULTS, type NeedText } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const MICROMETER: RowText = {
  field: 'dimensional',
  instrument: '外径千分尺',
  measurand: '示值误差',
  method: 'JJG 21-2008',
  range: '(0~25) mm',
  uncertainty: 'U=0.5 μm',
  k: '2',
};
const ASKED: Partial<NeedText> = { item: '外径千分尺', min: '0', max: '25', unit: 'mm', limit: '0.5', lunit: 'µm' };

async function scopeOf(...rows: Partial<RowText>[]) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  for (const row of rows) {
    const input = { id: null, accreditationId: null, reviewed: true, shown: '', validFrom: null, validUntil: null };
    const saved = await saveRow(deps, m.manager, { ...input, text: { ...MICROMETER, ...row } });
    if (!('id' in saved)) throw new Error(JSON.stringify(saved.judged.notes));
  }
  const [catalogue, scopes] = await Promise.all([loadCatalogue(deps).current(), loadScopes(deps).current()]);
  const ask = (text: Partial<NeedText>) => {
    const { need, problems } = readNeed({ ...NEED_DEFAULTS, ...ASKED, ...text }, needVocabulary(catalogue, scopes, deps.clock()));
    if (!need) throw new Error(JSON.stringify(problems));
    const { fits, nearMisses } = findMatches(scopes.index, need, { limit: 10 });
    return { fits, near: nearMisses };
  };
  return { deps, m, ask };
}
const reason = (found: { reasons: Reason[] } | undefined, code: Reason['code']) => found?.reasons.find((one) => one.code === code);

describe('U stated with another k', () => {
  it('a standard uncertainty of 0.5 µm is 1 µm at k = 2: near, not fits', async () => {
    const { ask, deps, m } = await scopeOf({ k: '1' });
    const { fits, near } = ask({});
    expect([fits.length, near.length]).toEqual([0, 1]);
    expect(reason(near[0], 'u_too_large')).toMatchObject({ u: { value: 1, unit: 'um' }, required: { value: 0.5 } });
    expect(reason(near[0], 'u_stated')).toEqual({
      code: 'u_stated',
      stated: { value: 0.5, unit: 'um' },
      u: { value: 1, unit: 'um' },
      k: 1,
      confidence: null,
    });
    // What goes out is what the centre stated.
    expect((await exportScope(deps, m.manager)).csv).toMatch(/U=0\.5 μm,1,/);
  });

  it('U = 0.75 µm at k = 3 is 0.5 µm', async () => {
    const { ask } = await scopeOf({ uncertainty: 'U=0.75 μm (k=3)', k: '' });
    const { fits } = ask({});
    expect(fits[0]).toMatchObject({ verdict: 'fits' });
    expect(reason(fits[0], 'u_stated')).toMatchObject({ stated: { value: 0.75 }, k: 3 });
  });

  it('a need states its own k or level, in its place or beside the number', async () => {
    const { ask } = await scopeOf({});
    expect(ask({}).fits).toHaveLength(1);
    for (const text of [{ k: '3' }, { k: 'U99' }, { lunit: 'µm (k=3)' }, { limit: '0.5，k＝3' }]) {
      const [near] = ask(text).near;
      expect(reason(near, 'u_too_large'), JSON.stringify(text)).toMatchObject({ required: { stated: { value: 0.5 } } });
    }
    expect(ask({ k: '1', limit: '0.25' }).fits).toHaveLength(1);
    expect(ask({ lunit: 'µm (k=2)' }).fits).toHaveLength(1);
    expect(() => ask({ k: '3', lunit: 'µm (k=2)' })).toThrow('coverage_unclear');
    expect(() => ask({ k: '70 mm' })).toThrow('coverage_unclear');
  });
});

describe('a class or type', () => {
  const THERMOCOUPLE: Partial<RowText> = {
    field: 'thermal',
    instrument: '工作用热电偶',
    measurand: '温度',
    range: '(300~1200) ℃',
    uncertainty: 'U=1.1 K',
  };
  const HOT: Partial<NeedText> = { min: '300', max: '1200', unit: '°C', limit: '2', lunit: 'K' };

  it('is asked for with the instrument: its rows fit, another is near, one that says nothing wants a look', async () => {
    const rows = (designation: string) => ({ ...THERMOCOUPLE, designation });
    const { ask } = await scopeOf(rows('K'), rows('S'));
    const [fit] = ask({ ...HOT, item: 'K型工作用热电偶' }).fits;
    expect(fit).toMatchObject({ verdict: 'fits' });
    expect(reason(fit, 'designation_same')).toMatchObject({ has: 'K' });
    const [near] = ask({ ...HOT, item: 'N型工作用热电偶' }).near;
    expect(reason(near, 'designation_other')).toMatchObject({ asked: 'N' });
    expect(ask({ ...HOT, item: '工作用热电偶 S' }).fits.map((match) => reason(match, 'designation_same'))).toMatchObject([{ has: 'S' }]);
    expect(reason(ask({ ...HOT, item: '工作用热电偶' }).fits[0], 'designation_assumed')).toBeDefined();
    const { ask: askPlain } = await scopeOf(rows(''));
    const [unsaid] = askPlain({ ...HOT, item: 'K型工作用热电偶' }).fits;
    expect(unsaid).toMatchObject({ verdict: 'review' });
    expect(reason(unsaid, 'designation_unclear')).toEqual({ code: 'designation_unclear', has: '', asked: 'K' });
  });

  it("rows of different ones do not fill each other's gaps", async () => {
    const part = (designation: string, range: string) => ({ ...THERMOCOUPLE, designation, range });
    const { ask } = await scopeOf(part('K', '(300~800) ℃'), part('S', '(800~1200) ℃'));
    expect(ask({ ...HOT, item: '工作用热电偶' })).toMatchObject({ fits: [], near: [{ verdict: 'near' }] });
    const { ask: askOne } = await scopeOf(part('K', '(300~800) ℃'), part('K型', '(800~1200) ℃'));
    expect(askOne({ ...HOT, item: '工作用热电偶' }).fits).toHaveLength(1);
  });
});
