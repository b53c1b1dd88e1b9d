import { audit } from '#app/core/audit.server.ts';
import type { Queries } from '#db/queries.ts';

/** The audit chain of what the ledger and the gateway do not agree on. */
export const LEDGER_CHAIN = 'ledger';

/** What differs: `order` is the order's id, amounts are in 分. */
export type Difference = Record<string, string | number>;

/** Puts down what nobody here can explain: it stands before the operator until it is explained (`explain-difference`). */
export const noteDifference = (tx: Queries, data: Difference, now: number): Promise<void> =>
  audit(tx, { chain: LEDGER_CHAIN, actorId: null, action: 'ledger.difference', data }, now);
