import * as m from '#app/i18n/paraglide/messages.js';
import { LEGAL_PAGES } from '#app/modules/legal/legal-rules.ts';
import type { LegalPage } from '#db/schema/legal.ts';

const NAMES: Record<LegalPage, () => string> = {
  terms: m.legal_terms,
  privacy: m.legal_privacy,
  help: m.legal_help,
  imprint: m.legal_imprint,
};

export const pageName = (page: LegalPage): string => NAMES[page]();
export const pageNamed = (name: string | undefined): LegalPage | undefined => LEGAL_PAGES.find((page) => page === name);
/** The texts are of a platform in China. */
export const TEXT_ZONE = 'Asia/Shanghai';
