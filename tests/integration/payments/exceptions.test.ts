/** What nobody can settle by itself stands before the operator. */

import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { operatorActor } from '#app/core/actor.ts';
import { drainOutbox, enqueue, outboxBacklog } from '#app/core/outbox.server.ts';
import { retryLateEffect, viewLateEffects } from '#app/modules/notices/late-effects.server.ts';
import { explainDifference } from '#app/modules/payments/explain-difference.server.ts';
import { reconcile } from '#app/modules/payments/reconcile.server.ts';
import { refundOrder } from '#app/modules/payments/refund-order.server.ts';
import { retryRefundOfAnybody } from '#app/modules/payments/retry-refund.server.ts';
import { viewMoneyExceptions } from '#app/read-models/view-money-exceptions.server.ts';
import { person } from '#db/schema/identity.ts';
import { expectBalanced, MINUTE, openTill, orderRow, paidOrder, refundsOf, settled, type Till } from './till.ts';

const DAY = 24 * 60 * MINUTE;

async function operatorOf({ deps, market }: Till): Promise<string> {
  const { personId } = market.buyers[2]!;
  await deps.db.write((tx) => tx.update(person).set({ operator: true }).where(eq(person.id, personId)));
  return personId;
}

it('a difference stands there once, until it is explained, and only for the operator', async () => {
  const till = await openTill();
  const operator = await operatorOf(till);
  await paidOrder(till);
  const { gateway } = till.deps;
  const stray = { id: 'txn_stray', kind: 'payment' as const, source: 'pi_stray', amount: 100, fee: 0, currency: 'cny', at: 1 };
  till.deps.gateway = { ...gateway, listMovements: async () => [stray] };
  for (let day = 0; day < 2; day++) {
    till.deps.time.now += DAY + MINUTE;
    await reconcile(till.deps);
  }
  const { differences } = await viewMoneyExceptions(till.deps, operatorActor(operator));
  expect(differences).toMatchObject([{ data: { movement: 'txn_stray', amount: 100, booked: 0 } }]);
  const { position } = differences[0]!;
  const stranger = till.market.manager.personId;
  await expect(viewMoneyExceptions(till.deps, operatorActor(stranger))).rejects.toMatchObject({ code: 'not_found' });
  await expect(explainDifference(till.deps, operatorActor(stranger), { position, note: 'x' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(explainDifference(till.deps, operatorActor(operator), { position, note: ' ' })).rejects.toMatchObject({
    code: 'invalid_form',
  });
  await expect(explainDifference(till.deps, operatorActor(operator), { position: 999, note: 'x' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await explainDifference(till.deps, operatorActor(operator), { position, note: '另一个系统的收款' });
  expect((await viewMoneyExceptions(till.deps, operatorActor(operator))).differences).toEqual([]);
});

it('a refund that failed can be tried again by the operator, from the payment it was of', async () => {
  const till = await openTill();
  const operator = await operatorOf(till);
  const order = await paidOrder(till);
  till.emulator.faults.set({ refunds: 'refuse' });
  await refundOrder(till.deps, { id: 'r1', orderId: order.id, amount: 700, reason: 'test' });
  await settled(till);
  till.emulator.faults.reset();
  const { refunds } = await viewMoneyExceptions(till.deps, operatorActor(operator));
  expect(refunds).toMatchObject([{ id: 'r1', number: order.number, amount: 700, failure: 'balance_insufficient' }]);
  const stranger = till.market.technician.personId;
  await expect(retryRefundOfAnybody(till.deps, operatorActor(stranger), 'r1')).rejects.toMatchObject({ code: 'not_found' });
  await Promise.all([
    retryRefundOfAnybody(till.deps, operatorActor(operator), 'r1'),
    retryRefundOfAnybody(till.deps, operatorActor(operator), 'r1'),
  ]);
  await settled(till);
  expect((await refundsOf(till, order.id)).map((row) => row.state)).toEqual(['failed', 'succeeded']);
  expect(await orderRow(till, order.id)).toMatchObject({ refunded: 700 });
  expect((await viewMoneyExceptions(till.deps, operatorActor(operator))).refunds).toEqual([]);
  await expectBalanced(till);
});

it('a letter is tried for days, then stands there, and goes when it is tried again', async () => {
  const till = await openTill();
  const operator = await operatorOf(till);
  const { deps } = till;
  let down = true;
  let sent = 0;
  const handlers = {
    letter: async () => {
      if (down) throw new Error('connection refused');
      sent++;
    },
  };
  await deps.db.write((tx) => enqueue(tx, { topic: 'letter', payload: {} }, deps.time.now));
  const begun = deps.time.now;
  const backlog = () => deps.db.read((q) => outboxBacklog(q, deps.time.now));
  expect(await backlog()).toEqual({ oldestDue: begun, givenUp: 0 });
  const until = async (at: number) => {
    for (; deps.time.now < at; deps.time.now += 30 * MINUTE) await drainOutbox(deps, handlers, 'test');
  };
  await until(begun + 9 * 60 * MINUTE);
  expect(await viewLateEffects(deps, operatorActor(operator))).toMatchObject([
    { topic: 'letter', error: 'Error: connection refused', givenUp: false },
  ]);
  await until(begun + 3 * DAY);
  expect(await backlog()).toMatchObject({ givenUp: 0 });
  await until(begun + 6 * DAY);
  expect(await backlog()).toEqual({ oldestDue: null, givenUp: 1 });
  const [late] = await viewLateEffects(deps, operatorActor(operator));
  expect(late).toMatchObject({ givenUp: true });
  down = false;
  await expect(retryLateEffect(deps, operatorActor(till.market.manager.personId), late!.id)).rejects.toMatchObject({ code: 'not_found' });
  await retryLateEffect(deps, operatorActor(operator), late!.id);
  await drainOutbox(deps, handlers, 'test');
  expect(sent).toBe(1);
  expect(await viewLateEffects(deps, operatorActor(operator))).toEqual([]);
  await expect(retryLateEffect(deps, operatorActor(operator), late!.id)).rejects.toMatchObject({ code: 'not_found' });
});
