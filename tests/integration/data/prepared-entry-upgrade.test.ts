/** Who waited for an entry of the directory before there was one to prepare in has one after. */
import { expect, it } from 'vitest';
import { openDatabase } from '#db/open.server.ts';
import { centre } from '#db/schema/centres.ts';
import { growing, raw, statementsToFill, tablesOf, versions } from './old-database.ts';

const MIGRATION = versions().findIndex(
  (_, version) => 'preparing' in (tablesOf(version).find(({ name }) => name === 'centre')?.columns ?? {}),
);

it('a request that waited has its hidden entry, one of a centre with an entry of its own has none', async () => {
  const database = await growing();
  for (let i = 0; i < MIGRATION; i++) await database.step();
  const url = await database.copy();
  const old = await raw(url);
  await old.run(statementsToFill(tablesOf(MIGRATION - 1)));
  await old.run(`
    UPDATE centre SET organisation_id = NULL, name_zh = '示范站', city_zh = '扬州' WHERE id = 'centre.id.0';
    UPDATE centre SET organisation_id = 'organisation.id.1' WHERE id <> 'centre.id.0';
    UPDATE verification_request SET state = 'waiting', centre_id = 'centre.id.0', organisation_id = 'organisation.id.0' WHERE id = 'verification_request.id.0';
    UPDATE verification_request SET state = 'waiting', centre_id = 'centre.id.0', organisation_id = 'organisation.id.1' WHERE id = 'verification_request.id.1';`);
  await old.close();

  const db = openDatabase(url);
  await db.migrate();
  const rows = await db.read((q) => q.select().from(centre));
  await db.close();
  expect(rows.filter(({ preparing }) => preparing)).toMatchObject([
    {
      organisationId: 'organisation.id.0',
      slug: 'preparing-verification_request.id.0',
      nameZh: '示范站',
      cityZh: '扬州',
      parkId: null,
      verifiedAt: null,
    },
  ]);
});
