import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { type FileStore, keepFile } from '#app/core/files.server.ts';
import type { ShownFile } from '#app/core/files-of.server.ts';
import { checkPicture, type PictureFault } from '#app/core/picture.server.ts';
import { Problem } from '#app/core/problem.ts';
import { countBrought } from '#app/core/shown-files.server.ts';
import { centreOf } from '#app/modules/centres/centre-access.server.ts';
import { service } from '#db/schema/catalogue.ts';
import { listing } from '#db/schema/listings.ts';
import { requireDrafting } from './save-listing.server.ts';

/** Of one organisation: twelve services with all their pictures. */
export const MOST_A_DAY = 100;
const DAY_MS = 86_400_000;
/** What is left of a form's files after so long is to be brought again. */
const LONGEST_MS = 10_000;

export type BringFault = PictureFault | 'too_many_today';
export type Brought = { files: ShownFile[]; refused: { name: string; fault: BringFault }[] };

/**
 * Puts down pictures and documents for a listing (null: a new one); each that cannot be taken is named with the reason.
 * @throws Problem forbidden for who drafts no listings; not_found for a service of others
 */
export async function bringPictures(
  deps: Pick<Deps, 'db' | 'clock'> & { files: FileStore },
  actor: Actor,
  serviceId: string | null,
  given: { name: string; bytes: () => Promise<Uint8Array> }[],
): Promise<Brought> {
  const brought: Brought = { files: [], refused: [] };
  if (given.length === 0) return brought;
  requireDrafting(actor);
  const today = await deps.db.read(async (q) => {
    const { id: centreId } = await centreOf(q, actor);
    if (serviceId !== null) {
      const [own] = await q
        .select({ id: service.id })
        .from(service)
        .where(and(eq(service.id, serviceId), eq(service.centreId, centreId)));
      const [draft] = await q
        .select({ id: listing.serviceId })
        .from(listing)
        .where(and(eq(listing.serviceId, serviceId), eq(listing.centreId, centreId)));
      if (!own && !draft) throw new Problem('not_found');
    }
    return countBrought(q, actor.organisationId, deps.clock() - DAY_MS);
  });
  const until = Date.now() + LONGEST_MS;
  for (const { name, bytes } of given) {
    const refuse = (fault: BringFault) => brought.refused.push({ name: name.slice(0, 80), fault });
    if (today + brought.files.length >= MOST_A_DAY) refuse('too_many_today');
    else if (Date.now() > until) refuse('picture_busy');
    else {
      const checked = await checkPicture(name, await bytes());
      if ('fault' in checked) refuse(checked.fault);
      else {
        const id = await keepFile(deps, checked, actor, 'listing');
        brought.files.push({ id, name: checked.name, type: checked.type, size: checked.bytes.length });
      }
    }
  }
  return brought;
}
