/** The normal distribution, as far as decision rules and coverage factors need it. */

/** Standard normal distribution function to about 1e-15 (Abramowitz & Stegun 26.2.11: a series of positive terms). */
export function normalCdf(z: number): number {
  if (z < -9) return 0;
  if (z > 9) return 1;
  let term = z;
  let sum = z;
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (z * z) / n;
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI);
}

/** k of a two-sided level of confidence: 0.99 → 2.576, by halving. */
export function normalFactor(level: number): number {
  let low = 0;
  let high = 9;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (2 * normalCdf(middle) - 1 < level) low = middle;
    else high = middle;
  }
  return low;
}
