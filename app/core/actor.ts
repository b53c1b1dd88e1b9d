import type { OrganisationKind, Role } from '#db/schema/identity.ts';

/**
 * Who does or asks something, and for whom: use cases and views decide rights from it, whatever the page has checked. Who runs the platform
 * acts for no organisation, and so does whoever belongs to none (`person`): their `organisationId` is empty and matches none.
 */
export type Actor = {
  personId: string;
  organisationId: string;
  organisationKind: OrganisationKind | 'platform' | 'person';
  role: Role | 'operator' | 'self';
};

export const actorOf = (member: { person: { id: string }; organisation: { id: string; kind: OrganisationKind }; role: Role }): Actor => ({
  personId: member.person.id,
  organisationId: member.organisation.id,
  organisationKind: member.organisation.kind,
  role: member.role,
});

type Viewing = { person: { id: string }; organisation: { id: string; kind: OrganisationKind } | null; role: Role | null };

/** Whoever looks, as somebody who acts for an organisation; null for a visitor and for who belongs to none. */
export const actorIn = (viewer: Viewing | null): Actor | null =>
  viewer?.organisation && viewer.role ? actorOf({ person: viewer.person, organisation: viewer.organisation, role: viewer.role }) : null;

/** Whoever is signed in, with an organisation or without. */
export const anyActor = (viewer: Viewing): Actor =>
  actorIn(viewer) ?? { personId: viewer.person.id, organisationId: '', organisationKind: 'person', role: 'self' };

export const operatorActor = (personId: string): Actor => ({
  personId,
  organisationId: '',
  organisationKind: 'platform',
  role: 'operator',
});
