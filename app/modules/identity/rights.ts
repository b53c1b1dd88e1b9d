/** Who may do what at a centre. The table is the documentation. */
import type { Actor } from '#app/core/actor.ts';
import type { Role } from '#db/schema/identity.ts';

/**
 * state: scope and accreditations · list: publish, pause and price services · draft: write listings that a manager publishes · plan: pools, hours, closures, moving bookings ·
 * decide: accept, decline, cancel · work: receive, begin, report, close
 */
export type Right = 'state' | 'list' | 'draft' | 'plan' | 'decide' | 'work';

const RIGHTS: Partial<Record<Role, readonly Right[]>> = {
  manager: ['state', 'list', 'draft', 'plan', 'decide', 'work'],
  scheduler: ['plan', 'decide', 'work'],
  technician: ['draft', 'work'],
  signatory: ['draft', 'work'],
  // Sees orders and what they come to; changes none.
  finance: [],
};

export const may = ({ organisationKind, role }: Pick<Actor, 'organisationKind' | 'role'>, right: Right): boolean =>
  organisationKind === 'centre' && (RIGHTS[role]?.includes(right) ?? false);
