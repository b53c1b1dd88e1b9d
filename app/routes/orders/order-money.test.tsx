import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import * as m from '#app/i18n/paraglide/messages.js';
import { dayTime, money } from '#app/ui/format.ts';
import { OrderMoney } from './order-money.tsx';

type Props = Parameters<typeof OrderMoney>[0];

const PAYMENT: NonNullable<Props['sums']['payment']> = { amount: 10_000, method: 'card', paidAt: 1, payout: null };
const draw = (order: object, refunds: Props['sums']['refunds'] = []) =>
  renderToStaticMarkup(<OrderMoney order={order as Props['order']} sums={{ payment: PAYMENT, refunds }} simulated={false} />);
const ORDER = { payment: 'paid', dispute: 'none', timeZone: 'UTC', events: [] };

const cancelled = (refund: number) => draw({ ...ORDER, progress: 'cancelled', events: [{ kind: 'cancelled', data: { refund }, at: 2 }] });

it('what a cancellation gives back does not wait for the centre, though nobody has begun to send it', () => {
  expect(cancelled(10_000)).toContain(m.order_money_returned());
  expect(cancelled(4_000)).toContain(m.order_money_due({ amount: money(6_000) }));
  expect(cancelled(0)).toContain(m.order_money_due({ amount: money(10_000) }));
});

it('what was paid twice and went back once is still kept for the order', () => {
  const back = { id: 'r', amount: 10_000, state: 'succeeded' as const, reason: 'paid_twice', at: 3, retryable: false };
  const drawn = draw({ ...ORDER, progress: 'confirmed' }, [{ ...back, ofPayment: false, method: 'alipay' }]);
  expect(drawn).toContain(m.order_money_held({ amount: money(10_000), when: dayTime(1, { timeZone: 'UTC' }) }));
  expect(drawn).toContain(m.order_refund_to({ method: m.order_method_alipay() }));
});
