import type { GatewayPayment } from './gateway.ts';

type Expected = { amount: number; currency: string; orderNumber: string; attemptId: string; live: boolean };

/**
 * What does not fit between a payment at the gateway and the checkout it should belong to. Anything here means: book nothing.
 * @returns the names of the facts that differ; none when all fit
 */
export function differences(payment: GatewayPayment, expected: Expected): string[] {
  const facts = ['amount', 'currency', 'orderNumber', 'attemptId', 'live'] as const;
  return facts.filter((fact) => payment[fact] !== expected[fact]);
}
