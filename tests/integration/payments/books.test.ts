import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#app/core/ids.server.ts';
import { isRefusal } from '#app/modules/payments/gateway.ts';
import { book, unbalancedTransactions } from '#app/modules/payments/ledger.server.ts';
import { RECONCILE_EVERY_MS, reconcile } from '#app/modules/payments/reconcile.server.ts';
import { refundOrder } from '#app/modules/payments/refund-order.server.ts';
import { auditLog } from '#db/schema/core.ts';
import { ledgerEntry, ledgerTransaction } from '#db/schema/payments.ts';
import { testDeps } from '#tests/support/database.ts';
import {
  atGateway,
  attemptsOf,
  balancesOf,
  checkout,
  expectBalanced,
  hold,
  IMPATIENT,
  MINUTE,
  openTill,
  orderRow,
  paidOrder,
  settled,
  sweep,
  type Till,
} from './till.ts';

const DAY = 24 * 60 * MINUTE;
const differences = async ({ deps }: Pick<Till, 'deps'>) =>
  (await deps.db.read((q) => q.select().from(auditLog).where(eq(auditLog.chain, 'ledger')))).map((row) => row.data);

describe('the ledger', () => {
  it('takes any entries that sum to zero, once per cause, and no others', async () => {
    const deps = await testDeps();
    const amounts = fc.array(fc.integer({ min: -1e9, max: 1e9 }), { minLength: 0, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(amounts, fc.boolean(), async (some, closing) => {
        const all = closing ? [...some, -some.reduce((a, b) => a + b, 0)] : some;
        const entries = all.map((amount) => ['gateway', amount] as const);
        const cause = newId();
        const once = () => deps.db.write((tx) => book(tx, { orderId: 'o', kind: 'payment', cause, currency: 'cny', entries }, 1));
        const balanced = all.length > 1 && all.every((amount) => amount !== 0) && all.reduce((a, b) => a + b, 0) === 0;
        if (balanced) expect([await once(), await once()]).toEqual([true, false]);
        else await expect(once()).rejects.toThrow(RangeError);
      }),
      { numRuns: 60 },
    );
    expect(await deps.db.read(unbalancedTransactions)).toEqual([]);
  });

  it('notices what was written past it', async () => {
    const deps = await testDeps();
    const row = (id: string) => ({ id, orderId: 'o', kind: 'payment' as const, cause: id, at: 1 });
    await deps.db.write(async (tx) => {
      await tx.insert(ledgerTransaction).values([row('empty'), row('lame'), row('sound')]);
      await tx.insert(ledgerEntry).values([
        { transactionId: 'lame', position: 0, account: 'gateway', amount: 5, currency: 'cny' },
        { transactionId: 'lame', position: 1, account: 'held_for_settlement', amount: -4, currency: 'cny' },
        { transactionId: 'sound', position: 0, account: 'gateway', amount: 5, currency: 'cny' },
        { transactionId: 'sound', position: 1, account: 'held_for_settlement', amount: -5, currency: 'cny' },
      ]);
    });
    expect((await deps.db.read(unbalancedTransactions)).sort()).toEqual(['empty', 'lame']);
  });
});

describe('the daily comparison with the gateway', () => {
  it('finds every movement booked, and books the fees: then both balances are the same', async () => {
    const till = await openTill({ feeBasisPoints: 137 });
    const first = await paidOrder(till);
    await refundOrder(till.deps, { id: 'r1', orderId: first.id, amount: 333, reason: 'test' });
    const second = await paidOrder(till, { method: 'alipay' });
    till.emulator.faults.set({ refunds: 'fail' });
    await refundOrder(till.deps, { id: 'r2', orderId: second.id, amount: 777, reason: 'test' });
    await settled(till);
    till.emulator.settle();
    await settled(till);
    till.deps.time.now += DAY;
    expect(await reconcile(till.deps)).toBe(0);
    expect(await differences(till)).toEqual([]);
    const movements = await atGateway(till, 'balance_transactions?limit=100');
    expect(movements).toHaveLength(5); // two payments, two refunds, and the one that came back
    const atStripe = movements.reduce((sum, movement) => sum + Number(movement.net), 0);
    expect((await balancesOf(till)).gateway).toBe(atStripe);
    await expectBalanced(till);
    // Another day, nothing new: no fee is booked twice.
    till.deps.time.now += 2 * DAY;
    await reconcile(till.deps);
    expect((await balancesOf(till)).gateway).toBe(atStripe);
    expect(await differences(till)).toEqual([]);
  });

  it('says so when the gateway has money the ledger has not, or another amount', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    const { gateway } = till.deps;
    till.deps.gateway = {
      ...gateway,
      listMovements: async (since) => {
        const movements = await gateway.listMovements(since);
        const stray = { id: 'txn_stray', kind: 'payment' as const, source: 'pi_stray', amount: 100, fee: 0, currency: 'cny', at: 1 };
        return [...movements.map((movement) => ({ ...movement, amount: movement.amount + 1 })), stray];
      },
    };
    till.deps.time.now += DAY;
    await reconcile(till.deps);
    expect(await differences(till)).toMatchObject([
      { kind: 'payment', amount: order.gross + 1, booked: order.gross },
      { movement: 'txn_stray', amount: 100, booked: 0 },
    ]);
  });
});

describe('the reconciliation', () => {
  it('goes on with the rest when the gateway is silent about one thing, and comes back to it', async () => {
    const till = await openTill({ patience: IMPATIENT, faults: { webhooks: { drop: true } } });
    const first = await hold(till);
    const second = await hold(till);
    const sessions = [await checkout(till, first), await checkout(till, second)];
    for (const session of sessions) till.emulator.pay(session);
    till.deps.time.now += 32 * MINUTE; // past the end of both checkouts
    till.emulator.faults.set({ answers: [{ kind: 'server_error', path: `/v1/checkout/sessions/${sessions[0]}` }] });
    expect(await reconcile(till.deps)).toBe(1);
    expect(await orderRow(till, second.id)).toMatchObject({ payment: 'paid' });
    till.deps.time.now += RECONCILE_EVERY_MS;
    expect(await reconcile(till.deps)).toBe(0);
    expect(await orderRow(till, first.id)).toMatchObject({ payment: 'paid' });
  });

  it('lets go of checkouts the gateway does not know', async () => {
    const till = await openTill();
    const open = await hold(till);
    const underWay = await hold(till);
    await checkout(till, open);
    till.emulator.pay(await checkout(till, underWay), 'alipay', 'later_succeed');
    await settled(till);
    await till.stopEmulator();
    await till.restartEmulator(); // in memory: it has forgotten everything
    till.deps.time.now += 32 * MINUTE;
    expect(await reconcile(till.deps)).toBe(0);
    expect((await attemptsOf(till, open.id)).map((attempt) => attempt.state)).toEqual(['failed']);
    expect((await attemptsOf(till, underWay.id)).map((attempt) => attempt.state)).toEqual(['failed']);
    expect(await orderRow(till, underWay.id)).toMatchObject({ payment: 'unpaid' });
    expect(await sweep(till)).toBe(2);
  });

  it('stops between two things when the process is going', async () => {
    const till = await openTill();
    const order = await hold(till);
    await checkout(till, order);
    till.deps.time.now += 32 * MINUTE;
    await reconcile(till.deps, AbortSignal.abort());
    expect(await attemptsOf(till, order.id)).toMatchObject([{ state: 'open' }]);
  });

  it('two processes at once do each thing once', async () => {
    const till = await openTill({ faults: { webhooks: { drop: true } } });
    const order = await hold(till);
    till.emulator.pay(await checkout(till, order));
    till.deps.time.now += DAY;
    await Promise.all([reconcile(till.deps), reconcile(till.deps), reconcile(till.deps)]);
    await settled(till);
    const { gross } = await orderRow(till, order.id);
    expect((await balancesOf(till)).held_for_settlement).toBe(-gross);
    await expectBalanced(till);
  });
});

describe('the gateway', () => {
  const parameters = (till: Till, amount: number) => ({
    orderId: 'o',
    orderNumber: 'HJ-1',
    attemptId: 'a',
    amount,
    currency: 'cny',
    description: 'x',
    email: 'a@b.test',
    locale: 'en' as const,
    expiresAt: till.deps.time.now + 40 * MINUTE,
    successUrl: 'http://hengji.test/',
    cancelUrl: 'http://hengji.test/',
  });

  it('gives the same answer under the same key, and no answer when the key is used otherwise or at the same time', async () => {
    const till = await openTill({ patience: IMPATIENT, faults: { latencyMs: 50 } });
    const { gateway } = till.deps;
    const start = (amount: number) => gateway.startPayment(parameters(till, amount), 'k');
    const [one, other] = await Promise.allSettled([start(100), start(100)]);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
    expect(one.status === 'rejected' ? one.reason : (other as PromiseRejectedResult).reason).toMatchObject({ kind: 'unknown' });
    const { session } = await start(100);
    expect((await start(100)).session).toBe(session);
    await expect(start(101)).rejects.toMatchObject({ name: 'GatewayError', kind: 'unknown' });
    expect(await atGateway(till, 'checkout/sessions')).toHaveLength(1);
  });

  it('tells a no from no answer', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const { gateway } = till.deps;
    const error = await gateway.fetchPayment('cs_test_none').catch((reason: unknown) => reason);
    expect(isRefusal(error)).toBe(true);
    await expect(gateway.startPayment(parameters(till, 0), 'zero')).rejects.toMatchObject({ kind: 'refused' });
    const { session } = await gateway.startPayment(parameters(till, 100), 'one');
    for (const kind of ['bare_404', 'bare_500', 'html', 'rate_limit', 'timeout'] as const) {
      till.emulator.faults.set({ answers: [{ kind, method: 'GET' }] });
      await expect(gateway.fetchPayment(session), kind).rejects.toMatchObject({ kind: 'unknown' });
      till.emulator.faults.set({ answers: [{ kind, method: 'GET' }] });
      await expect(gateway.listSince(0), kind).rejects.toMatchObject({ kind: 'unknown' });
    }
  });
});
