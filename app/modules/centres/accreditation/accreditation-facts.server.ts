import type { Queries } from '#db/queries.ts';
import { accreditation } from '#db/schema/centres.ts';

/** To join to rows that stand under an accreditation: what it says of itself and what its check found. */
export const accreditationFacts = (q: Queries) =>
  q
    .select({
      id: accreditation.id,
      kind: accreditation.kind,
      validFrom: accreditation.validFrom,
      validUntil: accreditation.validUntil,
      checkState: accreditation.checkState,
      checkedFamilies: accreditation.checkedFamilies,
    })
    .from(accreditation)
    .as('accreditation_facts');
