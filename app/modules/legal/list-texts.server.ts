import { asc, eq } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { type LegalPage, legalText } from '#db/schema/legal.ts';
import { inForce, LEGAL_PAGES } from './legal-rules.ts';

/** For the operator: of each page the version in force, and whether there is a draft. @throws Problem not_found */
export async function listTexts({ db, clock }: Pick<Deps, 'db' | 'clock'>, actor: Actor) {
  const rows = await db.read(async (q) => {
    await mustBeOperator(q, actor, 'text.publish');
    return q.select({ page: legalText.page, version: legalText.version, effectiveAt: legalText.effectiveAt }).from(legalText);
  });
  return LEGAL_PAGES.map((page) => {
    const versions = rows.filter((row) => row.page === page);
    const current = inForce(versions, clock());
    return { page, current: current ?? null, draft: versions.some(({ effectiveAt }) => effectiveAt === null) };
  });
}

/**
 * A page's draft to work on: where there is none, the newest version to begin from.
 * @throws Problem not_found
 */
export async function viewDraft({ db }: Pick<Deps, 'db'>, actor: Actor, page: LegalPage) {
  const rows = await db.read(async (q) => {
    await mustBeOperator(q, actor, 'text.publish');
    return q.select().from(legalText).where(eq(legalText.page, page)).orderBy(asc(legalText.version));
  });
  const draft = rows.find(({ effectiveAt }) => effectiveAt === null);
  const last = rows.at(-1);
  return {
    /** When it was last saved; 0: there is no draft yet. */
    seen: draft?.updatedAt ?? 0,
    version: draft?.version ?? (last?.version ?? 0) + 1,
    textZh: (draft ?? last)?.textZh ?? '',
    textEn: (draft ?? last)?.textEn ?? '',
  };
}
