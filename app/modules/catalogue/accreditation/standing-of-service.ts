/** What a service may say of accreditation: by the rows it is sold on, and by what the operator has checked. */
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import { isOutside } from '#app/modules/capability/rules/judgement.ts';
import type { Accreditation, Family } from '#db/schema/centres.ts';

/** In force at the time it was read, and not refused. */
export type HeldAccreditation = {
  id: string;
  kind: Accreditation;
  number: string;
  validUntil: number;
  /** The operator has seen the certificate of just this. */
  checked: boolean;
  /** The families of services it was accepted for. */
  families: readonly Family[];
};

/**
 * accredited: every row stands under it, and it counts for this kind of service · stated: every row stands under it, nobody has checked
 * it yet · part: some of the rows stand under one that counts · own: measured values on the centre's own statement · none: nothing to say
 */
export type Standing =
  | { state: 'accredited' | 'stated' | 'part'; under: HeldAccreditation[] }
  | { state: 'own' | 'none'; under: HeldAccreditation[] & { length: 0 } };

/** Families whose result is a measured or tested value: without rows there is nothing to be accredited for. */
const BY_ROWS: readonly Family[] = ['calibration', 'verification', 'testing'];

/** A quality statement of the centre's own is no accreditation, whoever looked at it. */
const isAccreditation = ({ kind }: Pick<HeldAccreditation, 'kind'>): boolean => kind !== 'internal';

const counts = (held: HeldAccreditation, family: Family): boolean =>
  isAccreditation(held) && held.checked && held.families.includes(family);

/**
 * @param rows of each row sold, the id of what it stands under; null for the centre's own statement
 * @param held of the centre
 */
export function standingOfService(family: Family, rows: readonly (string | null)[], held: readonly HeldAccreditation[]): Standing {
  const measured = BY_ROWS.includes(family);
  // A course or a reference material is sold on no rows: it needs an accreditation of its own kind.
  if (rows.length === 0) return accredited(measured ? [] : held.filter((one) => counts(one, family)));
  const named = new Set(rows);
  const under = held.filter((one) => named.has(one.id) && counts(one, family));
  if (under.length === named.size) return accredited(under);
  if (under.length > 0) return { state: 'part', under };
  if (!measured) return { state: 'none', under: [] };
  const stated = held.filter((one) => named.has(one.id) && isAccreditation(one) && !one.checked);
  return stated.length === named.size ? { state: 'stated', under: stated } : { state: 'own', under: [] };
}

const accredited = (under: HeldAccreditation[]): Standing =>
  under.length > 0 ? { state: 'accredited', under } : { state: 'none', under: [] };

/** unused: checked, but no row stands under it, so that it stands behind nothing the centre sells. */
export type CentreStanding = 'accredited' | 'stated' | 'unused' | 'own';

/** @param hasRows a row of the centre's scope stands under it */
export function standingOfCentre(held: HeldAccreditation, hasRows: boolean): CentreStanding {
  if (!isAccreditation(held)) return 'own';
  if (!held.checked) return 'stated';
  return hasRows || held.families.some((family) => !BY_ROWS.includes(family)) ? 'accredited' : 'unused';
}

/** What one row of a scope says it stands under. */
export type RowBasis = { state: 'accredited' | 'stated'; kind: Accreditation } | { state: 'own' };

/** @param families the kinds of service the row is looked at for: one of them is enough */
export function basisOf(
  { accreditation }: Pick<Capability, 'accreditation'>,
  now: number,
  families: readonly Family[] = BY_ROWS,
): RowBasis {
  if (!accreditation || accreditation.kind === 'internal' || isOutside(accreditation.validFrom, accreditation.validUntil, now))
    return { state: 'own' };
  const { state, families: accepted } = accreditation.check ?? { state: 'stated', families: [] };
  const kind = accreditation.kind === 'cnas' ? 'CNAS' : 'CMA';
  if (state === 'stated') return { state: 'stated', kind };
  return state === 'accepted' && families.some((family) => accepted.includes(family)) ? { state: 'accredited', kind } : { state: 'own' };
}
