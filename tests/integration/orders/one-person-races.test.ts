/** Several pools that share people, booked by many at once: nobody is ever in two places. */
import fc from 'fast-check';
import { expect, inject, it } from 'vitest';
import { cancelOrder, previewCancellation } from '#app/modules/orders/cancel-order.server.ts';
import { holdSlot, type Placed } from '#app/modules/orders/place-order.server.ts';
import { NO_POOL } from '#app/modules/scheduling/worker-cells.ts';
import { openDatabase } from '#db/open.server.ts';
import { claim } from '#db/schema/scheduling.ts';
import { expectRollupKept } from '#tests/integration/scheduling/rollup-check.ts';
import { contend } from '#tests/load/contention.ts';
import { freshDatabaseUrl, MONDAY, testDeps } from '#tests/support/database.ts';
import { formFor, shanghai } from '#tests/support/market.ts';
import { type SharedMarket, seedSharedMarket } from '#tests/support/shared-people.ts';

const NINE = shanghai('2026-11-24T09:00');
const MINUTE = 60_000;

type Pools = { gridMinutes: number; people: (number | null)[] }[];
type Deps = Awaited<ReturnType<typeof testDeps>>;

/** Who is where when, by what is claimed: the resources' own claims alone, read anew. */
async function whereabouts({ db }: Pick<Deps, 'db'>, m: SharedMarket, pools: Pools) {
  const rows = await db.read((q) => q.select().from(claim));
  return rows
    .filter((row) => row.poolId !== NO_POOL)
    .map(({ resourceId, poolId, cell, holderId }) => {
      const i = m.poolIds.indexOf(poolId);
      const person = pools[i]!.people[m.resourceIds[i]!.indexOf(resourceId)];
      const length = pools[i]!.gridMinutes * MINUTE;
      return { who: person === null ? resourceId : String(person), holderId, from: cell * length, until: (cell + 1) * length };
    });
}
type Whereabouts = Awaited<ReturnType<typeof whereabouts>>;

function expectNobodyTwice(all: Whereabouts) {
  for (const [i, one] of all.entries())
    for (const other of all.slice(i + 1))
      if (one.who === other.who && one.from < other.until && other.from < one.until)
        throw new Error(`${one.who} is booked twice from ${new Date(Math.max(one.from, other.from)).toISOString()}`);
}

/** Whether somebody different is free for each pool of a service: every way is tried. */
function isFree(m: SharedMarket, pools: Pools, needs: readonly number[], all: Whereabouts, startAt: number, minutes: number): boolean {
  const able = needs.map((i) => {
    const { gridMinutes, people } = pools[i]!;
    const until = startAt + Math.ceil(minutes / gridMinutes) * gridMinutes * MINUTE;
    return people
      .map((person, place) => (person === null ? m.resourceOf(i, place) : String(person)))
      .filter((who) => !all.some((one) => one.who === who && one.from < until && startAt < one.until));
  });
  const tried = ([first, ...rest]: string[][], taken: string[]): boolean =>
    first === undefined || first.some((who) => !taken.includes(who) && tried(rest, [...taken, who]));
  return tried(able, []);
}

const drawn = fc
  .array(
    fc.record({
      gridMinutes: fc.constantFrom(15, 30, 60),
      people: fc.uniqueArray(fc.constantFrom(1, 2, 3, null), { minLength: 1, maxLength: 3 }),
    }),
    { minLength: 2, maxLength: 4 },
  )
  .chain((pools) =>
    fc.record({
      pools: fc.constant(pools),
      needs: fc.array(fc.uniqueArray(fc.nat(pools.length - 1), { minLength: 1, maxLength: 3 }), { minLength: 2, maxLength: 3 }),
      rounds: fc.array(
        fc.array(fc.record({ service: fc.nat(2), hour: fc.nat(2), quantity: fc.integer({ min: 1, max: 3 }), cancel: fc.boolean() }), {
          minLength: 1,
          maxLength: 4,
        }),
        { minLength: 2, maxLength: 8 },
      ),
    }),
  );

it('books whom a naive model finds free, one by one, and nobody twice when all come at once', async () => {
  const answered = { done: 0, slot_taken: 0 };
  await fc.assert(
    fc.asyncProperty(drawn, async ({ pools, needs, rounds }) => {
      const deps = await testDeps();
      const m = await seedSharedMarket(deps.db, pools, {
        needs,
        buyers: 12,
        service: { setupMinutes: 0, minutesPerItem: 25, maxQuantity: 3 },
      });
      const placed: { order: Placed; buyer: SharedMarket['buyers'][number] }[] = [];
      let turn = 0;
      for (const round of rounds) {
        const alone = round.length === 1;
        const before = await whereabouts(deps, m, pools);
        await Promise.all(
          round.map(async ({ service, hour, quantity, cancel }) => {
            const last = placed.at(-1);
            if (cancel && alone && last) {
              placed.pop();
              const { refund } = await previewCancellation(deps, last.buyer, last.order.number);
              await cancelOrder(deps, last.buyer, { number: last.order.number, shownRefund: refund });
              return;
            }
            const buyer = m.buyers[turn++ % m.buyers.length]!;
            const [sold, startAt] = [service % needs.length, NINE + hour * 60 * MINUTE];
            const answer = await holdSlot(deps, buyer, formFor(m.services[sold]!, startAt, { quantity })).then(
              (order) => {
                placed.push({ order, buyer });
                return 'done' as const;
              },
              (error) => error.code as 'slot_taken' | 'too_many_unpaid' | 'slot_closed',
            );
            if (alone && (answer === 'done' || answer === 'slot_taken'))
              expect(answer).toBe(isFree(m, pools, needs[sold]!, before, startAt, 25 * quantity) ? 'done' : 'slot_taken');
            if (answer === 'done' || answer === 'slot_taken') answered[answer]++;
            else expect(['too_many_unpaid', 'slot_closed']).toContain(answer);
          }),
        );
        expectNobodyTwice(await whereabouts(deps, m, pools));
      }
      await expectRollupKept(deps, m.poolIds);
    }),
    { numRuns: inject('engine') === 'sqlite' ? 40 : 10 },
  );
  expect(Math.min(answered.done, answered.slot_taken)).toBeGreaterThan(10);
});

it('sells two people in three pools to no more than two at a time through two connections', async () => {
  const url = await freshDatabaseUrl();
  const dbs = [openDatabase(url), openDatabase(url)] as const;
  const pools: Pools = [
    { gridMinutes: 30, people: [1, 2] },
    { gridMinutes: 60, people: [1] },
    { gridMinutes: 15, people: [2] },
  ];
  try {
    const m = await seedSharedMarket(dbs[0], pools, { buyers: 12 });
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        holdSlot({ db: dbs[i % 2 === 0 ? 0 : 1], clock: () => MONDAY }, m.buyers[i % 12]!, formFor(m.services[i % 3]!, NINE)).then(
          () => 'done',
          (error: { code?: string }) => error.code ?? String(error),
        ),
      ),
    );
    expect(answers.filter((answer) => answer === 'done')).toHaveLength(2);
    expect(new Set(answers)).toEqual(new Set(['done', 'slot_taken']));
    expectNobodyTwice(await whereabouts({ db: dbs[0] }, m, pools));
    await expectRollupKept({ db: dbs[0] }, m.poolIds);
  } finally {
    await Promise.all(dbs.map((db) => db.close()));
  }
});

it('sells nobody twice between processes', async () => {
  const result = await contend(await freshDatabaseUrl(), { processes: 2, slots: 6, buyersPerSlot: 6, shared: true });
  expect(result).toMatchObject({ overlaps: 0, lost: 0 });
  expect(result.sold).toBeGreaterThanOrEqual(result.places / 2);
  expect(result.sold).toBeLessThanOrEqual(result.places);
});
