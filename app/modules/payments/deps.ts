import type { Deps } from '#app/core/deps.ts';
import type { Gateway } from './gateway.ts';

/** What the use cases of payments are handed. The gateway is never awaited inside a transaction. */
export type PaymentDeps = Deps & { gateway: Gateway };
