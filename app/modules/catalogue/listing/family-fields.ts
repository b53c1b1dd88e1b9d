/** Which fields a family of services has: the form shows these, and nothing else is kept when it is saved. */
import type { DeliveryMode } from '#db/schema/catalogue.ts';
import type { Family } from '#db/schema/centres.ts';
import { DELIVERY_MODES } from '../facets.ts';
import { BLANK, type ListingField, type ListingTexts, listingTexts } from './listing-content.ts';

const MEASURING: readonly Family[] = ['calibration', 'verification'];
/** Done on something, or with something, that has a name and rows of a scope. */
const ON_INSTRUMENTS: readonly Family[] = [...MEASURING, 'testing', 'shared_equipment', 'evaluation', 'rd_support', 'expert'];
/** Something is sent in and sent back, or is sent out. */
const SENT: readonly Family[] = [...MEASURING, 'testing', 'evaluation', 'reference_material'];
/** Somebody travels to the buyer. */
const TRAVELLED: readonly Family[] = [...MEASURING, 'testing', 'consulting', 'evaluation', 'rd_support', 'training', 'expert'];
const EXPEDITED: readonly Family[] = [...MEASURING, 'testing', 'evaluation', 'consulting', 'rd_support', 'expert'];
const BY_METHOD: readonly Family[] = [...ON_INSTRUMENTS, 'training', 'consulting', 'reference_material'];

/** Fields of some families alone; all others belong to every family. */
const OF: Partial<Record<ListingField, readonly Family[]>> = {
  instrumentZh: ON_INSTRUMENTS,
  instrumentEn: ON_INSTRUMENTS,
  specification: BY_METHOD,
  scope: ON_INSTRUMENTS,
  confirmed: ON_INSTRUMENTS,
  scorecard: ['evaluation'],
  operation: ['shared_equipment'],
  rangePrices: MEASURING,
  perPointNet: [...MEASURING, 'testing'],
  includedPoints: [...MEASURING, 'testing'],
  travelNet: TRAVELLED,
  travelZones: TRAVELLED,
  courierNet: SENT,
  expedite: EXPEDITED,
};
const PARTIAL = Object.keys(OF) as ListingField[];

export const hasField = (family: Family, field: ListingField): boolean => OF[field]?.includes(family) ?? true;

const MODES: Record<DeliveryMode, (family: Family) => boolean> = {
  at_centre: (family) => family !== 'reference_material',
  courier: (family) => SENT.includes(family),
  on_site: (family) => TRAVELLED.includes(family),
  remote: (family) => !MEASURING.includes(family) && family !== 'reference_material',
};
export const modesOf = (family: Family): DeliveryMode[] => DELIVERY_MODES.filter((mode) => MODES[mode](family));

const blank = listingTexts(BLANK);

/** What was typed, without what the family has no field for: a form may still carry it, so that going back to the other family loses nothing. */
export function onlyOf(texts: ListingTexts): ListingTexts {
  const others = PARTIAL.filter((field) => !hasField(texts.family as Family, field));
  const modes = modesOf(texts.family as Family) as string[];
  const emptied = Object.fromEntries(others.map((field) => [field, blank[field]]));
  const deliveryModes = texts.deliveryModes.filter((mode) => modes.includes(mode)) as ListingTexts['deliveryModes'];
  return { ...texts, ...emptied, deliveryModes };
}

/** What stands in fields the family has none of: carried along unseen, named, and not kept when it is saved. */
export const strayFields = (texts: ListingTexts): ListingField[] =>
  PARTIAL.filter((field) => !hasField(texts.family as Family, field) && String(texts[field]) !== String(blank[field]));
