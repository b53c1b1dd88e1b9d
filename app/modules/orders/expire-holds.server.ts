import type { Deps } from '#app/core/deps.ts';
import { expireOverdue } from './expire-overdue.server.ts';

/**
 * Asked before a hold is given up, outside any transaction: has money come after all, or is it on its way? Payments answers: it
 * asks the gateway and ends there every checkout that is still open. `true` keeps the hold until the next sweep.
 */
export type PaymentUnderWay = (orderId: string) => Promise<boolean>;

/** Gives up holds that were not paid in time. @returns how many ended */
export const expireHolds = (deps: Pick<Deps, 'db' | 'clock' | 'log'>, isPaymentUnderWay: PaymentUnderWay): Promise<number> =>
  expireOverdue(deps, 'held', isPaymentUnderWay);
