/** A service sold on rows of an instrument it does not name: what has to be said, and confirmed, before it is published. */
import { agreements, type Instrument, saysAnother } from '#app/modules/capability/rules/instrument-agreement.ts';
import { groupKey } from '#app/modules/capability/search/scope-groups.ts';
import type { Family } from '#db/schema/centres.ts';
import type { ListingContent } from './listing-content.ts';

type Named = Pick<ListingContent, 'family' | 'nameZh' | 'nameEn' | 'instrumentZh' | 'instrumentEn' | 'scope'>;
type Group = Instrument & { method: string };

/** What these measure is what they are called after; others (a test, shared equipment) are done with an instrument, not for it. */
const CALLED_AFTER: readonly Family[] = ['calibration', 'verification'];

type Judge = ReturnType<typeof agreements>;

function disagrees(service: Named, group: Group, judge: Judge): boolean {
  const judged = (text: string) => (text.trim() === '' ? 'silent' : judge(text, group));
  // What readers of English are told counts where it says plainly something else.
  if (saysAnother(judged(service.nameEn), service.nameEn, group)) return true;
  const [name, instrument] = [judged(service.nameZh || service.nameEn), judged(service.instrumentZh || service.instrumentEn)];
  if (name === 'agrees') return false;
  if (name === 'other') return true;
  if (instrument === 'agrees' || instrument === 'other') return instrument === 'other';
  return CALLED_AFTER.includes(service.family) && (name === 'unknown' || instrument === 'unknown');
}

/** The instruments of chosen rows that the service does not name, each once, in the order of the scope. */
export function otherInstruments(service: Named, scope: readonly Group[]): Instrument[] {
  const keys = new Set(service.scope);
  const chosen = scope.filter((group) => keys.has(groupKey(group)));
  if (chosen.length === 0) return [];
  const judge = agreements(scope);
  const others = chosen.filter((group) => disagrees(service, group, judge));
  return [...new Map(others.map((one) => [nameOf(one), one])).values()];
}

const SEPARATOR = ' | ';
const nameOf = (one: Instrument) => one.instrumentZh || one.instrumentEn;

/** What a confirmation is for: another name, or rows of yet another instrument, is another thing to confirm. */
export const confirmationOf = (service: Named, others: readonly Instrument[]): string =>
  others.length === 0 ? '' : [service.nameZh, service.instrumentZh || service.instrumentEn, ...others.map(nameOf).sort()].join(SEPARATOR);

/** The rows of instruments that were confirmed to be others than the service names. */
export function confirmedOf<Row extends Instrument>(confirmed: string, rows: readonly Row[]): Row[] {
  const [, , ...names] = confirmed.split(SEPARATOR);
  return rows.filter((row) => names.includes(nameOf(row)));
}
