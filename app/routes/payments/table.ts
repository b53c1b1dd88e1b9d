import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const paymentsRoutes: RouteConfigEntry[] = [
  route('orders/:number/pay', 'routes/payments/pay.ts'),
  route('orders/:number/paid', 'routes/payments/paid.tsx'),
  route('orders/:number/refund', 'routes/payments/refund.ts'),
];

/** Addresses machines call: they have no language. */
export const paymentsUnprefixed: RouteConfigEntry[] = [route('webhooks/stripe', 'routes/payments/stripe-webhook.ts')];
