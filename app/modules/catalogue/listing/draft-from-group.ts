/** A service as it begins when it is made from a group of the scope: named after the instrument, sold by its method. */
import * as m from '#app/i18n/paraglide/messages.js';
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

type Said = { locale: 'zh-CN' | 'en' };
const NAMES = { calibration: m.catalogue_draft_calibration, verification: m.catalogue_draft_verification };
const TEXTS = { calibration: m.catalogue_draft_calibration_text, verification: m.catalogue_draft_verification_text };
const TEXTS_BY = { calibration: m.catalogue_draft_calibration_by_text, verification: m.catalogue_draft_verification_by_text };

/** Names and methods longer than a listing takes end with a mark that says so. */
const MOST = 120;
const within = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);
const plain = (text: string) => text.trim().replaceAll(/\s+/g, ' ');

/** Named after the instrument, which is cut where name and kind of work are too long together. */
function named(family: ScopeFamily, instrument: string, said: Said): string {
  const rest = NAMES[family]({ instrument: '' }, said).length;
  return NAMES[family]({ instrument: within(instrument, MOST - rest) }, said);
}

function textOf(family: ScopeFamily, instrument: string, method: string, said: Said): string {
  return method ? TEXTS_BY[family]({ instrument, method }, said) : TEXTS[family]({ instrument }, said);
}

/** @param unitNet net 分; 0: still to be said, the draft is then kept and not published */
export function draftFromGroup(group: Group, common: Common, unitNet: number): ListingContent {
  const { family } = common;
  const [instrumentZh, instrumentEn, method] = [group.instrumentZh, group.instrumentEn, group.method].map(plain) as [
    string,
    string,
    string,
  ];
  const called = instrumentZh || instrumentEn;
  return {
    ...BLANK,
    ...common,
    field: fieldKey(group.fieldZh),
    nameZh: named(family, called, { locale: 'zh-CN' }),
    nameEn: instrumentEn && named(family, instrumentEn, { locale: 'en' }),
    summaryZh: textOf(family, called, method, { locale: 'zh-CN' }),
    summaryEn: instrumentEn && textOf(family, instrumentEn, method, { locale: 'en' }),
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
