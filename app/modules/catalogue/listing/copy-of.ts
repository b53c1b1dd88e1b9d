import * as m from '#app/i18n/paraglide/messages.js';
import type { ListingContent } from './listing-content.ts';

const MOST_NAME = 120;

/** The name with the mark of a copy, cut where both are too long. */
function marked(name: string, locale: 'zh-CN' | 'en'): string {
  const mark = m.catalogue_copy_name({ name: '' }, { locale }).length;
  return name && m.catalogue_copy_name({ name: name.slice(0, MOST_NAME - mark) }, { locale });
}

/** All a service says, under a name that tells it from the first; what was confirmed of the other name is to be confirmed anew. */
export const copyOf = (content: ListingContent): ListingContent => ({
  ...content,
  nameZh: marked(content.nameZh, 'zh-CN'),
  nameEn: marked(content.nameEn, 'en'),
  confirmed: '',
});
