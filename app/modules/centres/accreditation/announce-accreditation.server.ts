import { announce } from '#app/core/change-feed.server.ts';
import type { Queries } from '#db/queries.ts';

/** What becomes of the rows of a scope that are stated under an accreditation. Handed in: scopes stand on accreditations. */
export type RowsUnder = {
  /** It is valid for other days, or checked otherwise. */
  changed(tx: Queries, accreditationId: string, now: number): Promise<void>;
  /** It goes: its rows are the centre's own statement, and so will be those of files that are being brought in. */
  released(tx: Queries, accreditationId: string): Promise<void>;
};

/** The centre's cards name it, and the rows under it carry its validity and whether it was checked. */
export async function announceAccreditation(tx: Queries, rowsUnder: RowsUnder, centreId: string, id: string, now: number): Promise<void> {
  await announce(tx, 'centre', centreId, now);
  await rowsUnder.changed(tx, id, now);
}
