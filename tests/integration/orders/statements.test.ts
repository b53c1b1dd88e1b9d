import Sqlite from 'better-sqlite3';
import pg from 'pg';
import { expect, inject, it, onTestFinished } from 'vitest';
import { holdSlot } from '#app/modules/orders/place-order.server.ts';
import { testDeps } from '#tests/support/database.ts';
import { formFor, type Market, type Service, seedMarket, shanghai } from '#tests/support/market.ts';
import { seedSharedMarket } from '#tests/support/shared-people.ts';

/** Of one hold, those that begin and end its transaction too: the same on both engines. Whoever adds one adds it on purpose. */
const MOST_STATEMENTS = 14;
const NINE = shanghai('2026-11-24T09:00');

/** Every statement the driver is given from here on: drizzle's, those prepared long ago, and those of the transaction. */
function countStatements(): { count: number } {
  const seen = { count: 0 };
  const watch = (proto: Record<string, unknown>, names: readonly string[]) => {
    for (const name of names) {
      const real = proto[name] as (...args: unknown[]) => unknown;
      proto[name] = function (this: unknown, ...args: unknown[]) {
        seen.count++;
        return real.apply(this, args);
      };
      onTestFinished(() => {
        proto[name] = real;
      });
    }
  };
  if (inject('engine') === 'sqlite')
    watch(Object.getPrototypeOf(new Sqlite(':memory:').prepare('select 1')) as Record<string, unknown>, ['run', 'all', 'get']);
  else watch(pg.Client.prototype as unknown as Record<string, unknown>, ['query']);
  return seen;
}

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
