import { refundOrder } from '#app/modules/payments/refund-order.server.ts';
import type { Till } from './till.ts';

export const giveBack = (till: Till, orderId: string, amount: number, id: string = crypto.randomUUID()) =>
  refundOrder(till.deps, { id, orderId, amount, reason: 'test' });

export const REFUNDS = '/v1/refunds';

export const fault = (
  kind: 'timeout' | 'disconnect' | 'error_after' | 'server_error' | 'html' | 'bare_404' | 'bare_500' | 'rate_limit',
) => ({
  answers: [{ kind, method: 'POST' as const, path: REFUNDS }],
});
