import { expect, it } from 'vitest';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type Market, type Service, seedMarket, shanghai } from '#tests/support/market.ts';
import { seedSharedMarket } from '#tests/support/shared-people.ts';
import { countStatements } from '#tests/support/statements.ts';

/** Of one hold, those that begin and end its transaction too: the same on both engines. Whoever adds one adds it on purpose. */
const MOST_STATEMENTS = 14;
const NINE = shanghai('2026-11-24T09:00');

it('a hold takes no more statements than it did', async () => {
  const deps = await testDeps();
  const market = await seedMarket(deps.db, { pools: [9], buyers: 2 });
  const [buyer] = market.buyers as [Market['buyers'][number]];
  // The first of a connection reads what is kept afterwards.
  await holdSlot(deps, buyer, formFor(market.service, NINE));
  const statements = countStatements();
  await holdSlot(deps, buyer, formFor(market.service, NINE));
  expect(statements.count).toBeLessThanOrEqual(MOST_STATEMENTS);
});

it('a hold of somebody who stands in another pool too takes one more', async () => {
  const deps = await testDeps();
  const market = await seedSharedMarket(
    deps.db,
    [
      { gridMinutes: 30, people: [1, 2, 3, null] },
      { gridMinutes: 60, people: [3, 2, 1] },
    ],
    { service: { minutesPerItem: 90 } },
  );
  const [buyer] = market.buyers as [Market['buyers'][number]];
  await holdSlot(deps, buyer, formFor(market.services[0] as Service, NINE));
  const statements = countStatements();
  await holdSlot(deps, buyer, formFor(market.services[0] as Service, NINE));
  expect(statements.count).toBeLessThanOrEqual(MOST_STATEMENTS + 1);
});
