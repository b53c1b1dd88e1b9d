/** Who asks, and whether they may. Every loader and action calls one of these itself. */
import { redirect } from '@remix-run/node';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { localeOfPath, localePath } from '#app/i18n/locale.ts';
import type { OrganisationKind, organisation, person, Role } from '#db/schema/identity.ts';
import { localNext } from './next.ts';
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

const ofRequest = new WeakMap<Request, Promise<Viewer | null>>();
/** The loaders of one page run at once, each with a copy of the request: they share the question while it is on its way. */
const onTheirWay = new WeakMap<Deps['db'], Map<string, Promise<Viewer | null>>>();

async function findViewer(services: Needs, secret: string): Promise<Viewer | null> {
  const found = await readSession(services, secret);
  if (!found) return null;
  const { id, createdAt, endsAt, organisationId } = found.session;
  const active = found.memberships.find((m) => m.organisation.id === organisationId) ?? found.memberships[0];
  return {
    person: found.person,
    session: { id, createdAt, expiresAt: endsAt },
    organisation: active?.organisation ?? null,
    role: active?.role ?? null,
    memberships: found.memberships,
  };
}

/** @returns who is signed in, or nothing. One statement per page, however many loaders ask. */
export function getViewer(services: Needs, request: Request): Promise<Viewer | null> {
  const known = ofRequest.get(request);
  if (known) return known;
  const secret = sessionSecret(services.settings, request);
  if (!secret) return Promise.resolve(null);
  const asked = onTheirWay.get(services.db) ?? new Map<string, Promise<Viewer | null>>();
  onTheirWay.set(services.db, asked);
  const answer = asked.get(secret) ?? findViewer(services, secret).finally(() => asked.delete(secret));
  asked.set(secret, answer);
  ofRequest.set(request, answer);
  return answer;
}

/** @throws Response to the sign-in page, which comes back here afterwards */
export async function requireViewer(services: Needs, request: Request): Promise<Viewer> {
  const viewer = await getViewer(services, request);
  if (viewer) return viewer;
  const url = new URL(request.url);
  const next = encodeURIComponent(localNext(url.pathname + url.search) ?? '/');
  throw redirect(`${localePath('/sign-in', localeOfPath(url.pathname))}?next=${next}`);
}

/** Who runs the platform. @throws Response to the sign-in page; Problem not_found for everybody else */
export async function requireOperator(services: Needs, request: Request): Promise<Viewer> {
  const viewer = await requireViewer(services, request);
  if (!viewer.person.operator) throw new Problem('not_found');
  return viewer;
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
