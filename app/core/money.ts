/** Amounts are integer minor units (分); rows keep their currency beside them. */

/** Share of an amount in basis points (600 = 6 %), rounded half away from zero: the one rounding rule for tax and fees. */
export function basisPoints(amount: number, points: number): number {
  const exact = (Math.abs(amount) * points) / 10_000;
  return Math.sign(amount) * Math.round(exact);
}

/** A net price as a buyer is told it, VAT included. A bill rounds VAT once, on its sum. */
export const withVat = (net: number, vatBasisPoints: number): number => net + basisPoints(net, vatBasisPoints);

/**
 * Splits an amount in proportion to weights so that the parts sum to it exactly (largest remainder).
 * @param weights not negative, at least one above zero
 */
export function split(amount: number, weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  if (!(total > 0) || weights.some((w) => w < 0)) throw new RangeError('weights must not be negative and must sum to more than zero');
  const sign = amount < 0 ? -1 : 1;
  const exact = weights.map((w) => (Math.abs(amount) * w) / total);
  const parts = exact.map(Math.floor);
  const short = Math.abs(amount) - parts.reduce((a, b) => a + b, 0);
  const order = exact.map((x, i) => [x - Math.floor(x), i] as const).sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of order.slice(0, short)) parts[i] = (parts[i] as number) + 1;
  return parts.map((part) => sign * part || 0);
}
