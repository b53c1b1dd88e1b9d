import { eq } from 'drizzle-orm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listTitles } from '#app/modules/invoices/list-titles.server.ts';
import { saveTitle } from '#app/modules/invoices/save-title.server.ts';
import type { TitleInput } from '#app/modules/invoices/title-form.ts';
import { openDatabase } from '#db/open.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { freshDatabaseUrl, testDeps } from '#tests/support/database.ts';
import { seedMarket } from '#tests/support/market.ts';

const TITLE: TitleInput = {
  kind: 'special',
  name: '苏州示例机械有限公司',
  taxId: '11000000000000000U',
  email: 'cw@example.test',
  address: '',
  phone: '',
  bank: '',
  account: '',
};

async function world() {
  const db = openDatabase(await freshDatabaseUrl());
  onTestFinished(() => db.close());
  const deps = { ...(await testDeps()), db };
  const market = await seedMarket(db);
  const [buyer, other] = market.buyers;
  return { deps, market, buyer: buyer!, other: other! };
}

describe('titles', () => {
  it('are kept with an audit line, and are the firm’s own', async () => {
    const { deps, buyer, other } = await world();
    const id = await saveTitle(deps, buyer, TITLE);
    expect(await listTitles(deps, buyer)).toMatchObject([{ id, ...TITLE, version: 1 }]);
    expect(await listTitles(deps, other)).toEqual([]);
    const lines = await deps.db.read((q) =>
      q
        .select()
        .from(auditLog)
        .where(eq(auditLog.chain, `organisation:${buyer.organisationId}`)),
    );
    expect(lines).toMatchObject([{ action: 'invoice_title_kept', actorId: buyer.personId, data: { title: id } }]);
  });

  it('are one per tax id and kind of a firm; the second is refused and the first as it was', async () => {
    const { deps, buyer, other } = await world();
    await saveTitle(deps, buyer, TITLE);
    await expect(saveTitle(deps, buyer, { ...TITLE, name: '另一名称' })).rejects.toMatchObject({ code: 'invoice_title_taken' });
    const ordinary = await saveTitle(deps, buyer, { ...TITLE, kind: 'ordinary' });
    await expect(saveTitle(deps, buyer, TITLE, { id: ordinary, version: 1 })).rejects.toMatchObject({ code: 'invoice_title_taken' });
    await saveTitle(deps, other, TITLE);
    expect((await listTitles(deps, buyer)).map(({ kind, name }) => [kind, name])).toEqual([
      ['special', TITLE.name],
      ['ordinary', TITLE.name],
    ]);
  });

  it('are changed once from one form: the second of two colleagues is told', async () => {
    const { deps, buyer } = await world();
    const id = await saveTitle(deps, buyer, TITLE);
    await saveTitle(deps, buyer, { ...TITLE, bank: '示例银行' }, { id, version: 1 });
    await expect(saveTitle(deps, buyer, { ...TITLE, bank: '别的银行' }, { id, version: 1 })).rejects.toMatchObject({ code: 'stale' });
    expect(await listTitles(deps, buyer)).toMatchObject([{ bank: '示例银行', version: 2 }]);
  });

  it('are one when two colleagues write at the same time', async () => {
    const { deps, buyer } = await world();
    const ordinary = await saveTitle(deps, buyer, { ...TITLE, kind: 'ordinary' });
    const second = await saveTitle(deps, buyer, { ...TITLE, taxId: '000000000000000000' });
    const one = { ...TITLE, name: '甲' };
    const said = await Promise.all(
      [
        saveTitle(deps, buyer, one),
        saveTitle(deps, buyer, one, { id: ordinary, version: 1 }),
        saveTitle(deps, buyer, one, { id: second, version: 1 }),
      ].map((work) =>
        work.then(
          () => 'saved',
          (error: { code?: string }) => error.code,
        ),
      ),
    );
    expect(said.sort()).toEqual(['invoice_title_taken', 'invoice_title_taken', 'saved']);
  });

  it('of another firm are not found, and a centre keeps none', async () => {
    const { deps, market, buyer, other } = await world();
    const id = await saveTitle(deps, buyer, TITLE);
    await expect(saveTitle(deps, other, { ...TITLE, name: '他人' }, { id, version: 1 })).rejects.toMatchObject({ code: 'not_found' });
    await expect(saveTitle(deps, market.manager, TITLE)).rejects.toMatchObject({ code: 'not_found' });
    await expect(listTitles(deps, market.manager)).rejects.toMatchObject({ code: 'not_found' });
    expect(await listTitles(deps, buyer)).toMatchObject([{ name: TITLE.name, version: 1 }]);
  });
});
