/** Who may do what, for every kind of organisation. The table is the documentation; use cases ask it, pages show what it says. */
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';
import type { OrganisationKind, Role } from '#db/schema/identity.ts';

/**
 * At a centre: `centre.view` see its workspace · `scope.state` scope, accreditations and the centre's entry · `service.publish` publish,
 * pause and price services, member firms · `service.draft` write listings that a manager publishes · `time.plan` pools, hours, closures,
 * moving bookings · `order.decide` accept, decline, cancel, try a refund again · `order.work` receive, begin, report, close.
 * Of a firm: `order.place` book, pay, wait for a slot · `order.view` its orders · `park.join` say that it belongs to a park.
 * Of a park: `park.view` its figures · `firm.confirm` confirm firms.
 */
export type Action =
  | 'centre.view'
  | 'scope.state'
  | 'service.publish'
  | 'service.draft'
  | 'time.plan'
  | 'order.decide'
  | 'order.work'
  | 'order.place'
  | 'order.view'
  | 'park.join'
  | 'park.view'
  | 'firm.confirm';

const AT_WORK: readonly Action[] = ['centre.view', 'service.draft', 'order.work'];

const POLICY: Record<OrganisationKind, Partial<Record<Role, readonly Action[]>>> = {
  centre: {
    manager: ['centre.view', 'scope.state', 'service.publish', 'service.draft', 'time.plan', 'order.decide', 'order.work'],
    scheduler: ['centre.view', 'time.plan', 'order.decide', 'order.work'],
    technician: AT_WORK,
    signatory: AT_WORK,
    // Sees orders and what they come to; changes none.
    finance: ['centre.view'],
  },
  sme: {
    owner: ['order.view', 'order.place', 'park.join'],
    member: ['order.view', 'order.place'],
  },
  park: { administrator: ['park.view', 'firm.confirm'] },
};

type Acting = Pick<Actor, 'organisationKind' | 'role'>;

export const can = ({ organisationKind, role }: Acting, action: Action): boolean =>
  POLICY[organisationKind][role]?.includes(action) ?? false;

const KINDS = Object.entries(POLICY) as [OrganisationKind, Partial<Record<Role, readonly Action[]>>][];
const kindsOf = (action: Action): OrganisationKind[] =>
  KINDS.filter(([, roles]) => Object.values(roles).some((actions) => actions.includes(action))).map(([kind]) => kind);

/**
 * @throws Problem not_found for who belongs to another kind of organisation, and must not learn what is there; forbidden for who belongs to
 * the right one in another role
 */
export function requireRight(actor: Acting, action: Action): void {
  if (!kindsOf(action).includes(actor.organisationKind)) throw new Problem('not_found');
  if (!can(actor, action)) throw new Problem('forbidden');
}
