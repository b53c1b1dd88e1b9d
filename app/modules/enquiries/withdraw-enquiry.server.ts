import { and, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { requireRight } from '#app/modules/identity/policy.ts';
import { enquiry } from '#db/schema/enquiries.ts';
import { enquiryFor } from './enquiry-row.server.ts';

/** The firm no longer asks. @throws Problem not_found, forbidden, stale when it is no longer open */
export async function withdrawEnquiry({ db }: Pick<Deps, 'db'>, actor: Actor, id: string): Promise<void> {
  await db.write(async (tx) => {
    const { enquiry: asked, side } = await enquiryFor(tx, actor, id);
    if (side !== 'buyer') throw new Problem('not_found');
    requireRight(actor, 'enquiry.ask');
    const done = await tx
      .update(enquiry)
      .set({ state: 'withdrawn' })
      .where(and(eq(enquiry.id, asked.id), eq(enquiry.state, 'open')))
      .returning({ id: enquiry.id });
    if (done.length === 0) throw new Problem('stale');
  });
}
