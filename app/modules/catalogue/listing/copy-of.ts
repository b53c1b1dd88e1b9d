import type { ListingContent } from './listing-content.ts';

const MOST_NAME = 120;
const MARK = { zh: '（副本）', en: ' (copy)' };

/** All a service says, under a name that tells it from the first; what was confirmed of the other name is to be confirmed anew. */
export const copyOf = (content: ListingContent): ListingContent => ({
  ...content,
  nameZh: content.nameZh && content.nameZh.slice(0, MOST_NAME - MARK.zh.length) + MARK.zh,
  nameEn: content.nameEn && content.nameEn.slice(0, MOST_NAME - MARK.en.length) + MARK.en,
  confirmed: '',
});
