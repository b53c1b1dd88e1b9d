import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { rowOf, signatureOf, USUAL_K } from '#app/modules/capability/import/edit-row.server.ts';
import type { RowText } from '#app/modules/capability/import/judge-row.ts';
import { rangeOf, rowTextOf, uncertaintyOf } from '#app/modules/capability/import/print-scope.server.ts';
import type { Validity } from '#app/modules/capability/rules/validity.ts';
import { accreditationsOf } from '#app/modules/centres/accreditation/accreditations-of.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { countAll, type Queries } from '#db/queries.ts';
import { type capability, capabilityVersion } from '#db/schema/capability.ts';
import { serviceCapability } from '#db/schema/catalogue.ts';
import { person } from '#db/schema/identity.ts';

/** So many earlier states are shown. */
const MOST_VERSIONS = 50;
const ALWAYS: Validity = { validFrom: null, validUntil: null };

/** Earlier states of a row, the last one first. */
async function versionsOf(q: Queries, id: string) {
  const rows = await q
    .select({ version: capabilityVersion, person: person.name })
    .from(capabilityVersion)
    .leftJoin(person, eq(person.id, capabilityVersion.personId))
    .where(eq(capabilityVersion.capabilityId, id))
    .orderBy(desc(capabilityVersion.version))
    .limit(MOST_VERSIONS);
  return rows.map(({ version: { version, endedAt, row }, person: by }) => {
    const was = row as typeof capability.$inferSelect;
    return {
      version,
      endedAt,
      by: by ?? '',
      range: rangeOf(was),
      uncertainty: uncertaintyOf(was),
      k: was.coverageFactor,
      confidence: was.confidence,
      designation: was.designation,
    };
  });
}

/** The row as a person would write it, and what hangs on it. @throws Problem not_found */
export const viewRow = ({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string | null) =>
  db.read(async (q) => {
    const centre = await centreOf(q, actor);
    const accreditations = await accreditationsOf(q, centre.id, clock());
    if (id === null)
      return {
        text: { k: String(USUAL_K) } as RowText,
        accreditationId: null,
        ...ALWAYS,
        signature: '',
        services: 0,
        accreditations,
        versions: [],
      };
    const row = await rowOf(q, centre.id, id);
    const [links] = await q.select({ count: countAll() }).from(serviceCapability).where(eq(serviceCapability.capabilityId, id));
    const text = rowTextOf(row);
    const { accreditationId, validFrom, validUntil } = row;
    const versions = await versionsOf(q, id);
    return {
      text,
      accreditationId,
      validFrom,
      validUntil,
      signature: signatureOf(row),
      services: links?.count ?? 0,
      accreditations,
      versions,
    };
  });
