import type { OrganisationKind, Role } from '#db/schema/identity.ts';

/** Who asks, and on behalf of which organisation: use cases and views decide rights from it, whatever the page has checked. */
export type Viewer = { personId: string; organisationId: string; organisationKind: OrganisationKind; role: Role };
