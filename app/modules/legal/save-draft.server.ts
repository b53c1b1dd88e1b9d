import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { mustBeOperator } from '#app/modules/identity/operators.server.ts';
import { type LegalPage, legalText } from '#db/schema/legal.ts';
import { plainText, textFault } from './legal-rules.ts';

/** `seen`: when the draft that was on the page was last saved, 0 where there was none. */
export type DraftInput = { textZh: string; textEn: string; seen: number };

/**
 * The one draft of a page, begun or saved again.
 * @throws Problem not_found, invalid_form {field: textZh | textEn}, stale when somebody else has saved it since
 */
export async function saveDraft(
  { db, clock }: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  page: LegalPage,
  { textZh: zh, textEn: en, seen }: DraftInput,
): Promise<void> {
  const texts = { textZh: plainText(zh), textEn: plainText(en) };
  await db.write(async (tx) => {
    await mustBeOperator(tx, actor, 'text.publish');
    for (const field of ['textZh', 'textEn'] as const) {
      const reason = textFault(texts[field]);
      if (reason) throw new Problem('invalid_form', { field, reason });
    }
    const now = clock();
    const draft = and(eq(legalText.page, page), isNull(legalText.effectiveAt));
    const [known] = await tx.select({ updatedAt: legalText.updatedAt }).from(legalText).where(draft);
    if ((known?.updatedAt ?? 0) !== seen) throw new Problem('stale');
    const by = { updatedAt: now, updatedById: actor.personId };
    if (known) {
      await tx
        .update(legalText)
        .set({ ...texts, ...by })
        .where(draft);
      return;
    }
    const [last] = await tx
      .select({ version: legalText.version })
      .from(legalText)
      .where(eq(legalText.page, page))
      .orderBy(desc(legalText.version))
      .limit(1);
    await tx.insert(legalText).values({ id: newId(), page, version: (last?.version ?? 0) + 1, ...texts, ...by });
  });
}
