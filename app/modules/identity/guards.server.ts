/** Who asks, and whether they may. Every loader and action calls one of these itself. */
import { redirect } from '@remix-run/node';
import { type Actor, operatorActor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { localeOfPath, localePath } from '#app/i18n/locale.ts';
import type { OrganisationKind, organisation, person, Role } from '#db/schema/identity.ts';
import { localNext } from './next.ts';
import { mustHaveSecondFactor } from './second-factor-rules.ts';
import { readSession, sessionSecret } from './sessions.server.ts';

export type Organisation = typeof organisation.$inferSelect;
export type Viewer = {
  person: Omit<typeof person.$inferSelect, 'passwordHash'>;
  /** `id` is the hash: it may be shown and revoked by, it opens nothing. */
  session: { id: string; createdAt: number; expiresAt: number };
  /** The organisation the person acts for now; empty for whoever belongs to none. */
  organisation: Organisation | null;
  role: Role | null;
  memberships: { organisation: Organisation; role: Role }[];
};
export type Member = Viewer & { organisation: Organisation; role: Role };

type Needs = Pick<Deps, 'db' | 'clock' | 'settings'>;

/** What a person still lacks who has shown the password: the code of the second factor, or a second factor they must have. */
type Lack = 'code' | 'second_factor';
export type Asked = { viewer: Viewer; lacks: Lack | null };

const ofRequest = new WeakMap<Request, Promise<Asked | null>>();
/** The loaders of one page run at once, each with a copy of the request: they share the question while it is on its way. */
const onTheirWay = new WeakMap<Deps['db'], Map<string, Promise<Asked | null>>>();

async function findViewer(services: Needs, secret: string): Promise<Asked | null> {
  const found = await readSession(services, secret);
  if (!found) return null;
  const { id, createdAt, endsAt, organisationId, awaitsCode } = found.session;
  const active = found.memberships.find((m) => m.organisation.id === organisationId) ?? found.memberships[0];
  const viewer: Viewer = {
    person: found.person,
    session: { id, createdAt, expiresAt: endsAt },
    organisation: active?.organisation ?? null,
    role: active?.role ?? null,
    memberships: found.memberships,
  };
  const { operator, secondFactorSince } = found.person;
  // A demonstration is for whoever looks in: it asks nobody to set anything up.
  const must = !services.settings.demonstration && mustHaveSecondFactor({ operator, roles: found.memberships.map(({ role }) => role) });
  return { viewer, lacks: awaitsCode ? 'code' : must && secondFactorSince === null ? 'second_factor' : null };
}

/** @returns who is signed in, or nothing: not before the last step. One statement per page, however many loaders ask. */
export async function getViewer(services: Needs, request: Request): Promise<Viewer | null> {
  const asked = await getAsked(services, request);
  return asked?.lacks === null ? asked.viewer : null;
}

/** Who has shown the password, also when a step is still to come: for the pages of those steps alone. */
export function getAsked(services: Needs, request: Request): Promise<Asked | null> {
  const known = ofRequest.get(request);
  if (known) return known;
  const secret = sessionSecret(services.settings, request);
  if (!secret) return Promise.resolve(null);
  const asked = onTheirWay.get(services.db) ?? new Map<string, Promise<Asked | null>>();
  onTheirWay.set(services.db, asked);
  const answer = asked.get(secret) ?? findViewer(services, secret).finally(() => asked.delete(secret));
  asked.set(secret, answer);
  ofRequest.set(request, answer);
  return answer;
}

const STEPS = { code: '/second-factor', second_factor: '/account/second-factor' } as const satisfies Record<Lack, string>;

/** @throws Response to the sign-in page, or to the step that is still to come; both come back here afterwards */
export async function requireViewer(services: Needs, request: Request): Promise<Viewer> {
  const asked = await getAsked(services, request);
  if (asked?.lacks === null) return asked.viewer;
  const page = asked?.lacks ? STEPS[asked.lacks] : '/sign-in';
  const url = new URL(request.url);
  const next = encodeURIComponent(localNext(url.pathname + url.search) ?? '/');
  throw redirect(`${localePath(page, localeOfPath(url.pathname))}?next=${next}`);
}

/** Who runs the platform. @throws Response to the sign-in page; Problem not_found for everybody else */
export async function requireOperator(services: Needs, request: Request): Promise<Actor> {
  const { person: one } = await requireViewer(services, request);
  if (!one.operator) throw new Problem('not_found');
  return operatorActor(one.id);
}

/**
 * Someone who acts for an organisation of this kind.
 * @param roles any of them; every role of the kind when left out
 * @throws Response to the sign-in page; Problem not_found for strangers, who must not learn what is there; Problem forbidden for a
 * member whose role is another
 */
export async function requireMember(
  services: Needs,
  request: Request,
  kind: OrganisationKind | readonly OrganisationKind[],
  roles?: readonly Role[],
): Promise<Member> {
  const viewer = await requireViewer(services, request);
  const { organisation, role } = viewer;
  if (!organisation || !role || ![kind].flat().includes(organisation.kind)) throw new Problem('not_found');
  if (roles && !roles.includes(role)) throw new Problem('forbidden');
  return { ...viewer, organisation, role };
}
