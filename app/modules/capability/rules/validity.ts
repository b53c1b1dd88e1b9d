/** When a row of a scope holds. Bounds are UTC milliseconds, both belong to it; null is no bound. */
export interface Validity {
  validFrom: number | null;
  validUntil: number | null;
}

export const holdsAt = ({ validFrom, validUntil }: Validity, at: number): boolean =>
  (validFrom === null || validFrom <= at) && (validUntil === null || at <= validUntil);

/** Whether two rows ever hold at the same time. */
export const meet = (one: Validity, other: Validity): boolean => begins(one) <= ends(other) && begins(other) <= ends(one);

const begins = ({ validFrom }: Validity) => validFrom ?? Number.NEGATIVE_INFINITY;
const ends = ({ validUntil }: Validity) => validUntil ?? Number.POSITIVE_INFINITY;
