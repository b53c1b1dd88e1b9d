import { describe, expect, it } from 'vitest';
import type { Actor } from '#app/core/actor.ts';
import { runWithLocale } from '#app/i18n/locale.server.ts';
import { startSession } from '#app/modules/identity/sessions.server.ts';
import { refundOrder } from '#app/modules/payments/refund-order.server.ts';
import { loader as land } from '#app/routes/payments/paid.tsx';
import { action as pay } from '#app/routes/payments/pay.ts';
import { action as retry } from '#app/routes/payments/refund.ts';
import {
  buyerOf,
  checkout,
  hold,
  IMPATIENT,
  ORIGIN,
  openTill,
  orderRow,
  paidOrder,
  refundsOf,
  sessionOf,
  settled,
  type Till,
} from './till.ts';

type Route = (args: Parameters<typeof pay>[0]) => Promise<unknown>;

/** Calls a route as the server would, signed in as somebody, or as nobody. What it throws is its answer too. */
async function call(till: Till, route: Route, number: string, path: string, actor: Actor | null, form?: Record<string, string>) {
  const headers = new Headers();
  if (actor) {
    const caller = { address: '203.0.113.7', userAgent: 'test' };
    const cookie = await till.deps.db.write((tx) => startSession(tx, till.deps, actor.personId, caller));
    headers.set('cookie', cookie.split(';')[0] ?? '');
  }
  const request = new Request(`${ORIGIN}/orders/${number}${path}`, {
    headers,
    ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
  });
  const context = { services: { ...till.deps, wake() {} } };
  const args = { request, params: { number }, context } as unknown as Parameters<typeof pay>[0];
  const answer = await runWithLocale('zh-CN', () => route(args)).catch((thrown: unknown) => thrown);
  if (answer instanceof Error) throw answer;
  return answer;
}
const asResponse = (answer: unknown) => {
  if (!(answer instanceof Response)) throw new Error(`no response: ${JSON.stringify(answer)}`);
  return { status: answer.status, location: answer.headers.get('location') };
};

describe('the way to the payment page and back', () => {
  it('pay → page → back → order', async () => {
    const till = await openTill();
    const order = await hold(till);
    const away = asResponse(await call(till, pay, order.number, '/pay', buyerOf(till), {}));
    expect(away).toEqual({ status: 303, location: expect.stringContaining(`${till.emulator.url}/c/pay/cs_test_`) });
    // The buyer's browser presses the first button of the page.
    const page = await fetch(away.location ?? '', {
      method: 'POST',
      body: new URLSearchParams({ pay: 'card succeed' }),
      redirect: 'manual',
    });
    const back = new URL(page.headers.get('location') ?? '');
    expect(back.origin + back.pathname).toBe(`${ORIGIN}/orders/${order.number}/paid`);
    expect(asResponse(await call(till, land, order.number, `/paid${back.search}`, buyerOf(till)))).toEqual({
      status: 303,
      location: `/orders/${order.number}?payment=paid`,
    });
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'confirmed', payment: 'paid' });
    // A second press: the order is paid, there is nothing to go to.
    expect(asResponse(await call(till, pay, order.number, '/pay', buyerOf(till), {})).location).toBe(`/orders/${order.number}`);
  });

  it('strangers are sent to sign in, members of others find nothing', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    const back = `/paid?session_id=${session}`;
    expect(asResponse(await call(till, pay, order.number, '/pay', null, {})).location).toContain('/sign-in?next=');
    const signIn = new URL(asResponse(await call(till, land, order.number, back, null)).location ?? '', ORIGIN);
    expect(signIn.searchParams.get('next')).toBe(`/orders/${order.number}${back}`); // and comes back here with its session
    for (const actor of [buyerOf(till, 1), till.market.manager]) {
      expect(asResponse(await call(till, pay, order.number, '/pay', actor, {})).status).toBe(404);
      expect(asResponse(await call(till, land, order.number, back, actor)).status).toBe(404);
    }
  });

  it('a forged way back proves nothing', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    expect(asResponse(await call(till, land, order.number, `/paid?session_id=${session}`, buyerOf(till))).location).toBe(
      `/orders/${order.number}?payment=unpaid`,
    );
    for (const forged of ['', '?session_id=', '?session_id=cs_test_forged', `?session_id=x&session_id=${session}`])
      expect(asResponse(await call(till, land, order.number, `/paid${forged}`, buyerOf(till))).status, forged).toBe(404);
    expect(await orderRow(till, order.id)).toMatchObject({ payment: 'unpaid' });
  });

  it('waits on its own page while the money is on its way', async () => {
    const till = await openTill();
    const order = await hold(till);
    const session = await checkout(till, order);
    till.emulator.pay(session, 'alipay', 'later_succeed');
    expect(await call(till, land, order.number, `/paid?session_id=${session}`, buyerOf(till))).toEqual({ number: order.number });
  });

  it('says so when the gateway is silent, and keeps the hold', async () => {
    const till = await openTill({ patience: IMPATIENT });
    const order = await hold(till);
    till.emulator.faults.set({ answers: [{ kind: 'html', times: 9 }] });
    const answer = await call(till, pay, order.number, '/pay', buyerOf(till), {});
    expect(asResponse(answer).status).toBe(503);
    expect(await (answer as Response).json()).toMatchObject({ code: 'payment_unavailable' });
    expect(await orderRow(till, order.id)).toMatchObject({ progress: 'held' });
    till.emulator.faults.reset();
    expect(sessionOf(asResponse(await call(till, pay, order.number, '/pay', buyerOf(till), {})).location ?? '')).toMatch(/^cs_test_/);
  });
});

describe('trying a refund again', () => {
  it('each side is sent back to its own page; one press or three, one refund', async () => {
    const till = await openTill();
    const order = await paidOrder(till);
    till.emulator.faults.set({ refunds: 'refuse' });
    await refundOrder(till.deps, { id: 'r', orderId: order.id, amount: 500, reason: 'test' });
    await settled(till);
    till.emulator.faults.reset();
    const form = { refund: 'r' };
    expect(asResponse(await call(till, retry, order.number, '/refund', buyerOf(till), form)).location).toBe(`/orders/${order.number}`);
    expect(asResponse(await call(till, retry, order.number, '/refund', till.market.manager, form)).location).toBe(
      `/centre/orders/${order.number}`,
    );
    expect(asResponse(await call(till, retry, order.number, '/refund', buyerOf(till, 1), form)).status).toBe(404);
    expect(asResponse(await call(till, retry, order.number, '/refund', buyerOf(till), { refund: 'none' })).status).toBe(404);
    await settled(till);
    expect((await refundsOf(till, order.id)).map((row) => row.state)).toEqual(['failed', 'succeeded']);
  });
});
