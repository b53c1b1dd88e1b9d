/** Who may do what, for every kind of organisation. The table is the documentation; use cases ask it, pages show what it says. */
import type { Actor } from '#app/core/actor.ts';
import { Problem } from '#app/core/problem.ts';

/**
 * At a centre: `centre.view` see its workspace · `scope.state` scope, accreditations and the centre's entry · `service.publish` publish,
 * pause and price services, member firms · `service.draft` write listings that a manager publishes · `time.plan` pools, hours, closures,
 * moving bookings · `order.decide` accept, decline, cancel, try a refund again · `order.work` receive, begin, report, close ·
 * `invoice.issue` see, issue and refuse invoices, their red letters and tax classes.
 * Of a firm: `order.place` book, pay, wait for a slot · `order.view` its orders · `invoice.ask` keep the titles of
 * its invoices · `park.join` say that it belongs to a park.
 * Of a park: `park.view` its figures · `firm.confirm` confirm firms.
 * Of the platform: `centre.verify` decide who holds an entry · `accreditation.check` check what centres state · `money.settle` explain
 * differences, try refunds again · `effect.retry` send again what did not get through · `audit.look` look into the log's findings ·
 * `person.help` find people, end their sessions, take a lost second factor off · `text.publish` terms, privacy notice, help, imprint.
 * Of both sides of an enquiry: `enquiry.view` read it · `enquiry.ask` a firm asks for a quote, or withdraws it · `enquiry.answer` a centre
 * answers or declines.
 * Of both sides of an order: `message.read` read what was written about it and about services · `message.write` write.
 * Everybody's: `demand.keep` wait for what nobody offers yet. Of whoever leads an organisation of any kind: `member.manage` invite, change
 * roles, remove.
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
  | 'invoice.ask'
  | 'invoice.issue'
  | 'park.join'
  | 'park.view'
  | 'firm.confirm'
  | 'centre.verify'
  | 'accreditation.check'
  | 'money.settle'
  | 'effect.retry'
  | 'audit.look'
  | 'person.help'
  | 'text.publish'
  | 'demand.keep'
  | 'enquiry.view'
  | 'enquiry.ask'
  | 'enquiry.answer'
  | 'message.read'
  | 'message.write'
  | 'member.manage';

type Kind = Actor['organisationKind'];
type ActingRole = Actor['role'];
type MemberRole = Exclude<ActingRole, 'operator' | 'self'>;

const AT_WORK: readonly Action[] = [
  'centre.view',
  'service.draft',
  'order.work',
  'demand.keep',
  'enquiry.view',
  'message.read',
  'message.write',
];

const POLICY: Record<Kind, Partial<Record<ActingRole, readonly Action[]>>> = {
  centre: {
    manager: [
      'centre.view',
      'scope.state',
      'service.publish',
      'service.draft',
      'time.plan',
      'order.decide',
      'order.work',
      'invoice.issue',
      'demand.keep',
      'enquiry.view',
      'enquiry.answer',
      'message.read',
      'message.write',
      'member.manage',
    ],
    scheduler: [
      'centre.view',
      'time.plan',
      'order.decide',
      'order.work',
      'demand.keep',
      'enquiry.view',
      'enquiry.answer',
      'message.read',
      'message.write',
    ],
    technician: AT_WORK,
    signatory: AT_WORK,
    // Sees orders and what they come to, and changes none; issues their invoices.
    finance: ['centre.view', 'invoice.issue', 'demand.keep', 'enquiry.view', 'message.read'],
  },
  sme: {
    owner: [
      'order.view',
      'order.place',
      'invoice.ask',
      'park.join',
      'demand.keep',
      'enquiry.view',
      'enquiry.ask',
      'message.read',
      'message.write',
      'member.manage',
    ],
    member: ['order.view', 'order.place', 'invoice.ask', 'demand.keep', 'enquiry.view', 'enquiry.ask', 'message.read', 'message.write'],
  },
  park: { administrator: ['park.view', 'firm.confirm', 'demand.keep', 'member.manage'] },
  platform: {
    operator: ['centre.verify', 'accreditation.check', 'money.settle', 'effect.retry', 'audit.look', 'person.help', 'text.publish'],
  },
  person: { self: ['demand.keep'] },
};

type Acting = Pick<Actor, 'organisationKind' | 'role'>;

export const can = ({ organisationKind, role }: Acting, action: Action): boolean =>
  POLICY[organisationKind][role]?.includes(action) ?? false;

/** The roles of an organisation's members that may do it. */
export const rolesWith = (kind: Kind, action: Action): MemberRole[] =>
  (Object.entries(POLICY[kind]) as [MemberRole, readonly Action[]][])
    .filter(([, actions]) => actions.includes(action))
    .map(([role]) => role);

const KINDS = Object.entries(POLICY) as [Kind, Partial<Record<ActingRole, readonly Action[]>>][];
const kindsOf = (action: Action): Kind[] =>
  KINDS.filter(([, roles]) => Object.values(roles).some((actions) => actions.includes(action))).map(([kind]) => kind);

/**
 * @throws Problem not_found for who belongs to another kind of organisation, and must not learn what is there; forbidden for who belongs to
 * the right one in another role
 */
export function requireRight(actor: Acting, action: Action): void {
  if (!kindsOf(action).includes(actor.organisationKind)) throw new Problem('not_found');
  if (!can(actor, action)) throw new Problem('forbidden');
}
