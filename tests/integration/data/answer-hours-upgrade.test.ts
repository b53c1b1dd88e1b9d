/** Hours of the clock in which a centre answered have become open hours, and nobody has less time than was said. */
import { expect, it } from 'vitest';
import { openDatabase } from '#db/open.server.ts';
import { growing, raw, statementsToFill, tablesOf, versions } from './old-database.ts';

const VERSION = versions().findIndex((tag) => tag.endsWith('answer_hours')) - 1;

it.each([
  [48, 16],
  [24, 8],
  [72, 24],
  [240, 80],
  [1, 1],
  [4, 2],
  [0, 1],
])('%i hours of the clock are %i open ones, on sale and in what is still written', async (clock, open) => {
  const database = await growing();
  for (let i = 0; i <= VERSION; i++) await database.step();
  const url = await database.copy();
  const old = await raw(url);
  await old.run(statementsToFill(tablesOf(VERSION)));
  await old.run(`
    UPDATE service SET decision_hours = ${clock};
    UPDATE listing SET content = '{"nameZh":"量块","decisionHours":${clock}}' WHERE service_id = 'listing.service_id.0';
    UPDATE listing SET content = '{"nameZh":"早先"}' WHERE service_id = 'listing.service_id.1';`);
  await old.close();

  const db = openDatabase(url);
  await db.migrate();
  await db.close();

  const today = await raw(url);
  expect(await today.rows('SELECT DISTINCT answer_hours AS hours FROM service')).toEqual([{ hours: open }]);
  const kept = await today.rows<{ content: unknown }>('SELECT content FROM listing ORDER BY service_id');
  const contents = kept.map(({ content }) => (typeof content === 'string' ? JSON.parse(content) : content));
  expect(contents.slice(0, 2)).toEqual([{ nameZh: '量块', answerHours: open }, { nameZh: '早先' }]);
  await today.close();
});
