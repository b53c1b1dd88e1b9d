import { and, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { type LegalPage, legalText } from '#db/schema/legal.ts';
import { forgetVersions, publishedVersions } from './texts-in-force.server.ts';

/** A day is Beijing's: the texts are of a platform in China. */
const ZONE = '+08:00';
const FAR_MS = 366 * 86_400_000;

/**
 * The draft becomes the next version, from the beginning of a day on: today means now. From then on it cannot be changed.
 * @param input.from ISO day; `seen` as in save-draft
 * @throws Problem not_found, invalid_form {field: from, reason}, stale when the draft has changed or is gone
 */
export async function publishText(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  page: LegalPage,
  input: { from: string; seen: number },
): Promise<void> {
  const refused = (reason: string) => new Problem('invalid_form', { field: 'from', reason });
  const begins = /^\d{4}-\d{2}-\d{2}$/.test(input.from) ? Date.parse(`${input.from}T00:00:00${ZONE}`) : Number.NaN;
  await db.write(async (tx) => {
    await mustBeOperator(tx, actor, 'text.publish');
    if (Number.isNaN(begins)) throw refused('unreadable');
    const now = clock();
    if (begins + 86_400_000 <= now) throw refused('past');
    if (begins > now + FAR_MS) throw refused('unreadable');
    const effectiveAt = Math.max(begins, now);
    const earlier = await publishedVersions(tx, page);
    // What is announced already comes first: versions begin in their order.
    if (earlier.some((one) => (one.effectiveAt ?? 0) > effectiveAt)) throw refused('before_announced');
    const [done] = await tx
      .update(legalText)
      .set({ effectiveAt, updatedAt: now, updatedById: actor.personId })
      .where(and(eq(legalText.page, page), isNull(legalText.effectiveAt), eq(legalText.updatedAt, input.seen)))
      .returning({ version: legalText.version });
    if (!done) throw new Problem('stale');
    await audit(
      tx,
      { chain: `legal:${page}`, actorId: actor.personId, action: 'text_published', data: { version: done.version, effectiveAt } },
      now,
    );
  });
  forgetVersions({ db });
}
