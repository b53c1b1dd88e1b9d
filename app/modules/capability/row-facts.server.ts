import type { Queries } from '#db/queries.ts';
import { capability } from '#db/schema/capability.ts';

/** To join to what names a row of a scope: what it is about, how long it holds, and the accreditation it stands `under`. */
export const rowFacts = (q: Queries) =>
  q
    .select({
      id: capability.id,
      under: capability.accreditationId,
      instrument: capability.instrumentZh,
      validFrom: capability.validFrom,
      validUntil: capability.validUntil,
    })
    .from(capability)
    .as('row_facts');
