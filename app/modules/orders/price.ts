import type { Bill } from '#app/modules/catalogue/bill.ts';
import type { CancelPolicy } from '#db/schema/catalogue.ts';

/**
 * What the buyer was shown, in short: amounts, ways and terms. The form carries it back, so that nobody pays a price, or accepts terms,
 * that changed while the page was open. It is compared, never believed.
 */
export function fingerprint(bill: Bill, policy: CancelPolicy, travelMinutes = 0): string {
  const lines = bill.lines.map((line) => `${line.key}-${line.quantity}-${line.unitNet}`);
  const way = travelMinutes > 0 ? [`way-${travelMinutes}`] : [];
  return [...lines, ...way, bill.vatBasisPoints, bill.gross, policy.fullHours, policy.lateBasisPoints].join('.');
}
