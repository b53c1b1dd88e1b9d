import type { OrganisationKind, Role } from '#db/schema/identity.ts';

/** Who does or asks something, and for which organisation: use cases and views decide rights from it, whatever the page has checked. */
export type Actor = { personId: string; organisationId: string; organisationKind: OrganisationKind; role: Role };

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
