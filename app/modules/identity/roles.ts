/** Which roles an organisation has, and who leads it. The table is the documentation. */
import type { OrganisationKind, Role } from '#db/schema/identity.ts';

export const ORGANISATION_KINDS = ['sme', 'centre', 'park'] as const satisfies readonly OrganisationKind[];

/** The first role of each kind leads: it invites, changes roles and removes, and one of it always stays. */
const ROLES = {
  sme: ['owner', 'member'],
  centre: ['manager', 'scheduler', 'technician', 'signatory', 'finance'],
  park: ['administrator'],
} as const satisfies Record<OrganisationKind, readonly [Role, ...Role[]]>;

export const rolesOf = (kind: OrganisationKind): readonly Role[] => ROLES[kind];
export const leadRole = (kind: OrganisationKind): Role => ROLES[kind][0];
export const roleFits = (kind: OrganisationKind, role: string): role is Role => rolesOf(kind).some((r) => r === role);

/** @returns whether a change would leave the organisation without anyone to lead it; `to` empty means removed */
export const leavesNoLead = (kind: OrganisationKind, leads: number, from: Role, to?: Role): boolean =>
  from === leadRole(kind) && to !== leadRole(kind) && leads <= 1;
