import { LEGAL_PAGES } from '#app/modules/legal/legal-rules.ts';
import type { LegalPage, legalText } from '#db/schema/legal.ts';
import texts from './data/legal-texts.json' with { type: 'json' };
import { seedId } from './ids.ts';

/** The version everybody of the demonstration has agreed to. */
export const DEMONSTRATION_VERSION = 1;

/** Samples, and marked as such: they bind nobody. An operator replaces them by versions of their own. */
export const demonstrationTexts = (createdAt: number): (typeof legalText.$inferInsert)[] =>
  LEGAL_PAGES.map((page: LegalPage) => ({
    id: seedId('legal', page),
    page,
    version: DEMONSTRATION_VERSION,
    textZh: texts[page].zh.join('\n\n'),
    textEn: texts[page].en.join('\n\n'),
    effectiveAt: createdAt,
    updatedAt: createdAt,
  }));
