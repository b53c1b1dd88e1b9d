/** What stands in the way of publishing a listing: what every service says, and what its family and its delivery ask for. */
import type { Family } from '#db/schema/centres.ts';
import type { PoolKind } from '#db/schema/scheduling.ts';
import { type ListingContent, type ListingFaults, type ListingField, leastNet } from './listing-content.ts';

/** Families whose results are measured values: they are sold on rows of the scope. */
const MEASURING: readonly Family[] = ['calibration', 'verification'];

/** What stands in the way of publishing. */
export function missingIn(content: ListingContent): ListingField[] {
  const missing: ListingField[] = [];
  if (!content.nameZh) missing.push('nameZh');
  if (!content.summaryZh) missing.push('summaryZh');
  if (content.family === 'shared_equipment' && !content.operation) missing.push('operation');
  if (content.family === 'testing' && !content.specification) missing.push('specification');
  if (content.family === 'evaluation' && (content.scorecard ?? []).length === 0) missing.push('scorecard');
  if (leastNet(content) === 0) missing.push('unitNet');
  if (content.volumeTiers.some(({ unitNet }) => unitNet >= content.unitNet)) missing.push('volumeTiers');
  if (content.deliveryModes.length === 0) missing.push('deliveryModes');
  if (content.poolIds.length === 0) missing.push('poolIds');
  if (MEASURING.includes(content.family) && content.scope.length === 0) missing.push('scope');
  return missing;
}

/** Why each is needed, as a fault; `missing` for what needs no reason. */
const WHY_MISSING: Partial<Record<ListingField, string>> = { volumeTiers: 'tiers', specification: 'method', scorecard: 'no_scorecard' };

/** Who brings an instrument or comes to a course has to know where; a reference material is only ever sent out. */
export const lacksAddress = ({ family, deliveryModes }: Pick<ListingContent, 'family' | 'deliveryModes'>, address: string): boolean =>
  address.trim() === '' && (deliveryModes.includes('at_centre') || (deliveryModes.includes('courier') && family !== 'reference_material'));

/** All that is missing, by the field it is set by. @param address of the centre */
export const publishFaults = (content: ListingContent, address: string): ListingFaults => ({
  ...Object.fromEntries(missingIn(content).map((name) => [name, WHY_MISSING[name] ?? 'missing'])),
  ...(lacksAddress(content, address) ? { deliveryModes: 'address' } : {}),
});

/** A course and a price per seat are sold on seats: as many people as there are seats. */
export const lacksSeats = ({ family, unit }: Pick<ListingContent, 'family' | 'unit'>, kinds: readonly PoolKind[]): boolean =>
  (family === 'training' || unit === 'seat') && !kinds.includes('seat');

/** A course as far as its dates depend on it: sold by the seat, of one room, the first of its pools of seats. */
export const roomOf = ({ family, unit }: Pick<ListingContent, 'family' | 'unit'>, pools: readonly { id: string; kind: PoolKind }[]) =>
  family === 'training' && unit === 'seat' ? (pools.find(({ kind }) => kind === 'seat')?.id ?? null) : null;
