/** What the platform says of itself, by versions: terms, privacy, help, imprint. */
import { id, instant, int, table, text, uniqueIndex } from '../columns.ts';

export type LegalPage = 'terms' | 'privacy' | 'help' | 'imprint';

export const legalText = table(
  'legal_text',
  {
    id: id().primaryKey(),
    page: text().$type<LegalPage>().notNull(),
    /** From 1; a draft has the number it will be published under. */
    version: int().notNull(),
    textZh: text().notNull(),
    textEn: text().notNull(),
    /** From when it is in force; empty for a draft. What has begun is never changed. */
    effectiveAt: instant(),
    updatedAt: instant().notNull(),
    updatedById: id(),
  },
  (t) => [uniqueIndex('legal_text_version').on(t.page, t.version)],
);
