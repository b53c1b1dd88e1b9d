import { and, eq, isNotNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { type LegalPage, legalText } from '#db/schema/legal.ts';
import { inForce } from './legal-rules.ts';
import { publishedVersions } from './texts-in-force.server.ts';

/**
 * A page as it is in force, or in the version that is asked for: earlier ones and one that is announced can be read too.
 * @param asked a version's number; empty for the one in force
 * @throws Problem not_found where there is no such version
 */
export async function viewText({ db, clock }: Pick<Deps, 'db' | 'clock'>, page: LegalPage, asked: string | null) {
  return db.read(async (q) => {
    const versions = await publishedVersions(q, page);
    const current = inForce(versions, clock());
    const wanted = asked === null ? current?.version : /^\d{1,6}$/.test(asked) ? Number(asked) : -1;
    if (wanted === undefined) return { version: null, current: null, versions, textZh: '', textEn: '', effectiveAt: null };
    const [found] = await q
      .select({ version: legalText.version, textZh: legalText.textZh, textEn: legalText.textEn, effectiveAt: legalText.effectiveAt })
      .from(legalText)
      .where(and(eq(legalText.page, page), eq(legalText.version, wanted), isNotNull(legalText.effectiveAt)));
    if (!found) throw new Problem('not_found');
    return { ...found, current: current?.version ?? null, versions };
  });
}
