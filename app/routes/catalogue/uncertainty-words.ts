/** U as a scope states it, and beside it as it is compared. */
import { currentLocale } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import { roundUncertainty } from '#app/modules/capability/rules/rounding.ts';
import { type Coverage, isCompared } from '#app/modules/capability/rules/uncertainty/coverage-factor.ts';
import { mapUncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty.ts';
import { printUncertainty } from '#app/modules/capability/rules/uncertainty/uncertainty-print.ts';
import { GAP, percent } from '#app/ui/format.ts';

/** `k=3`, `k=2.58, 99%`: what is stated of it. */
export function coverageText({ k, confidence }: Coverage): string {
  const level = confidence === null ? '' : percent(confidence, Number.isInteger(Math.round(confidence * 1e4) / 100) ? 0 : 2);
  return [k === null ? '' : `k=${k}`, level].filter(Boolean).join(currentLocale() === 'en' ? ', ' : '，');
}

type StatedU = Pick<Capability, 'uncertainty' | 'stated' | 'k' | 'confidence'>;

/** As people read it: no line breaks before a unit, and the unit one is not written. */
const shownU = (text: string): string => text.replace(/(?<=[\d⁰¹²³⁴-⁹]) (?=[^\d\s(+])/g, GAP).replace(/(?<=[\d⁰¹²³⁴-⁹]) 1$/, '');

export const statedU = (row: StatedU): string => `${shownU(printUncertainty(row.stated ?? row.uncertainty))} (${coverageText(row)})`;

/** Empty where U as stated is compared as it stands; else each of its terms rounded up to two digits. */
export function comparedU(row: StatedU): string {
  if (isCompared(row)) return '';
  const rounded = mapUncertainty(row.uncertainty, (value) => (value > 0 ? roundUncertainty(value).value : value));
  return m.capability_u_compared({ u: shownU(printUncertainty(rounded)) });
}
