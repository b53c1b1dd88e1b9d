import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { BLANK } from '#app/modules/catalogue/listing/listing-content.ts';
import { foundServices, listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { listing } from '#db/schema/listings.ts';
import { testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';
import { countStatements } from '#tests/support/statements.ts';

async function centreWith(sold: number, drafts: number) {
  const deps = await testDeps();
  const m = await seedMarket(deps.db);
  const names = ['外径千分尺校准', '压力表检定', '100%_湿度计 校准'];
  await deps.db.write(async (tx) => {
    const now = deps.time.now;
    const [first] = await tx.select().from(service);
    const of = (i: number) => names[i % names.length] as string;
    for (let i = 0; i < sold; i++) {
      const status = i % 4 === 3 ? ('paused' as const) : ('published' as const);
      const text = { nameZh: `${of(i)} ${String(i).padStart(4, '0')}`, nameEn: `Micrometer ${i}`, specification: `JJG ${i}-2020` };
      await tx.insert(service).values({ ...first!, ...text, id: newId(), slug: `many-${i}`, status });
    }
    for (let i = 0; i < drafts; i++) {
      const content = { ...BLANK, nameZh: `草稿 ${of(i)} ${i}`, nameEn: '', specification: 'JJF 9-1999' };
      const row = { serviceId: newId(), centreId: m.centreId, content, state: 'draft' as const, revision: 1, personId: m.manager.personId };
      await tx.insert(listing).values({ ...row, updatedAt: now + i });
    }
  });
  const list = (question = {}) => listCentreServices(deps, m.manager, question);
  return { deps, m, list };
}

describe('the services of a centre', () => {
  it('are shown fifty to a page, drafts first, each once', async () => {
    const { list } = await centreWith(110, 7);
    const pages = [await list(), await list({ page: 2 }), await list({ page: 3 })];
    expect(pages.map(({ services }) => services.length)).toEqual([50, 50, 18]);
    expect(pages[0]).toMatchObject({ found: 118, page: 1, pages: 3, counts: { draft: 7, paused: 27, published: 84 } });
    const all = pages.flatMap(({ services }) => services);
    expect(new Set(all.map(({ id }) => id)).size).toBe(118);
    expect(all.slice(0, 7).every(({ status }) => status === 'draft')).toBe(true);
    expect(all[0]?.nameZh).toBe('草稿 外径千分尺校准 6');
    for (const page of [0, -3, 99, Number.NaN, 2.7]) expect([1, 2, 3]).toContain((await list({ page })).page);
  });

  it('are found by every word, in either language, and by state', async () => {
    const { list, deps, m } = await centreWith(12, 3);
    const names = async (question: object) => (await list(question)).services.map(({ nameZh }) => nameZh);
    expect(await names({ words: '压力表 0001' })).toEqual(['压力表检定 0001']);
    expect(await names({ words: 'ＭＩＣＲＯＭＥＴＥＲ jjg 5-' })).toEqual(['100%_湿度计 校准 0005']);
    expect(await names({ words: '0%_湿' })).toHaveLength(5);
    expect(await names({ words: '%' })).toHaveLength(5);
    expect(await names({ words: '草稿 jjf' })).toHaveLength(3);
    expect(await names({ words: '不存在' })).toEqual([]);
    expect((await list({ words: '压力表', state: 'paused' })).counts).toEqual({ published: 3, paused: 1, draft: 1 });
    expect(await names({ words: '压力表', state: 'paused' })).toEqual(['压力表检定 0007']);
    expect(await names({ state: 'draft' })).toHaveLength(3);
    expect(await foundServices(deps, m.manager, { words: '压力表' }, false)).toHaveLength(5);
    expect(await foundServices(deps, m.manager, { words: '压力表' }, true)).toHaveLength(4);
  });

  it('are those of the own centre alone', async () => {
    const { deps } = await centreWith(3, 1);
    const stranger = await seedMarket(deps.db);
    expect(await listCentreServices(deps, stranger.manager)).toMatchObject({ found: 1, pages: 1 });
    expect(await foundServices(deps, stranger.manager, {}, false)).toHaveLength(1);
  });

  it('take as many statements and bytes whether there are sixty or six hundred', async () => {
    const costs = [];
    for (const sold of [60, 600]) {
      const { list } = await centreWith(sold, 10);
      await list();
      const statements = countStatements();
      const answer = await list();
      costs.push({ statements: statements.count, bytes: JSON.stringify(answer).length });
    }
    const [few, many] = costs as [(typeof costs)[number], (typeof costs)[number]];
    expect(many.statements).toBe(few.statements);
    expect(many.statements).toBeLessThanOrEqual(7);
    expect(many.bytes).toBeLessThan(few.bytes * 1.05);
  });
});
