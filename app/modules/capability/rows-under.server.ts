/** The rows stated under an accreditation, for whoever changes one (centres/accreditation). */
import { eq, sql } from 'drizzle-orm';
import { announceAll } from '#app/core/change-feed.server.ts';
import type { RowsUnder } from '#app/modules/centres/accreditation/announce-accreditation.server.ts';
import { capability, capabilityImport } from '#db/schema/capability.ts';

export const rowsUnder: RowsUnder = {
  async changed(tx, accreditationId, now) {
    const rows = await tx.select({ id: capability.id }).from(capability).where(eq(capability.accreditationId, accreditationId));
    await announceAll(
      tx,
      'capability',
      rows.map((row) => row.id),
      now,
    );
  },
  async released(tx, accreditationId) {
    await tx.update(capability).set({ accreditationId: null }).where(eq(capability.accreditationId, accreditationId));
    // A file that was to be stored under it is looked at again.
    await tx
      .update(capabilityImport)
      .set({ accreditationId: null, revision: sql`${capabilityImport.revision} + 1` })
      .where(eq(capabilityImport.accreditationId, accreditationId));
  },
};
