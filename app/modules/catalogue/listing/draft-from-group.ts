/** A service as it begins when it is made from a group of the scope: named after the instrument, sold by its method. */
import { fieldKey } from '#app/modules/capability/rules/fields.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import { BLANK, type ListingContent } from './listing-content.ts';
import { yuan } from './typed-values.ts';

/** What is made of a scope in one go: what it measures is what it is called after. */
export const SCOPE_FAMILIES = ['calibration', 'verification'] as const;
export type ScopeFamily = (typeof SCOPE_FAMILIES)[number];

type Group = { fieldZh: string; instrumentZh: string; instrumentEn: string; method: string };
/** What all services made together have in common. */
export type Common = Pick<ListingContent, 'poolIds' | 'deliveryModes' | 'booking' | 'minutesPerItem' | 'turnaroundDays'> & {
  family: ScopeFamily;
};

const WORDS: Record<ScopeFamily, { zh: string; en: string }> = {
  calibration: { zh: '校准', en: 'calibration' },
  verification: { zh: '检定', en: 'verification' },
};

/** Names and methods longer than a listing takes end with a mark that says so. */
const MOST = 120;
const within = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

/** @param unitNet net 分; 0: still to be said, the draft is then kept and not published */
export function draftFromGroup(group: Group, common: Common, unitNet: number): ListingContent {
  const { zh, en } = WORDS[common.family];
  const [instrumentZh, instrumentEn, method] = [group.instrumentZh, group.instrumentEn, group.method].map(plain) as [
    string,
    string,
    string,
  ];
  const called = instrumentZh || instrumentEn;
  const by = method ? `依据 ${method} ` : '';
  return {
    ...BLANK,
    ...common,
    field: fieldKey(group.fieldZh),
    nameZh: within(called, MOST - zh.length) + zh,
    nameEn: instrumentEn ? `${within(instrumentEn, MOST - en.length - 1)} ${en}` : '',
    summaryZh: `${by}对${called}进行${zh}，测量范围与不确定度见能力范围。`,
    summaryEn: instrumentEn
      ? `${en[0]?.toUpperCase()}${en.slice(1)} of: ${instrumentEn}${method ? `, to ${method}` : ''}. Ranges and uncertainties as in the scope.`
      : '',
    instrumentZh: within(called, MOST),
    instrumentEn: within(instrumentEn, MOST),
    specification: within(method, MOST),
    unitNet,
    scope: [groupKey(group)],
  };
}

/**
 * Ticked groups with the price of each: its own, or the one for all where its own is empty; neither: 0, to be said later.
 * @param rows every group that was shown, with what was typed as its price
 * @returns faults by group: `price` for what is none, `unticked` for a price typed for what was not chosen
 */
export function chosenOf(
  rows: readonly { key: string; price: string }[],
  ticked: readonly string[],
  forAll: string,
): { chosen: { key: string; unitNet: number }[] } | { faults: Record<string, 'price' | 'unticked'>; forAll: boolean } {
  const read = (text: string) => (text.trim() === '' ? 0 : (yuan.safeParse(text.normalize('NFKC')).data ?? null));
  const common = read(forAll);
  const faults: Record<string, 'price' | 'unticked'> = {};
  const chosen: { key: string; unitNet: number }[] = [];
  for (const { key, price } of rows) {
    const own = read(price);
    if (!ticked.includes(key)) {
      if (price.trim() !== '') faults[key] = 'unticked';
    } else if (own === null) faults[key] = 'price';
    else chosen.push({ key, unitNet: own || (common ?? 0) });
  }
  return Object.keys(faults).length > 0 || common === null ? { faults, forAll: common === null } : { chosen };
}
