/** What a centre may show of its accreditations: what was checked, and what it says itself, never in the same form. */
import * as m from '#app/i18n/paraglide/messages.js';
import { type CentreStanding, standingOfCentre } from '#app/modules/catalogue/accreditation/standing-of-service.ts';
import type { CentreCard } from '#app/modules/catalogue/catalogue.ts';
import { date, isoDay } from '#app/ui/format.ts';
import type { ChipView } from '#app/ui/offer.tsx';
import { certificateName } from './words.ts';

const STATES: Record<CentreStanding, { tone: ChipView['tone']; name: () => string }> = {
  accredited: { tone: 'ok', name: m.catalogue_centre_accreditation_checked },
  stated: { tone: 'stated', name: m.catalogue_centre_accreditation_stated },
  unused: { tone: '', name: m.catalogue_centre_accreditation_unused },
  own: { tone: '', name: m.catalogue_accreditation_own },
};

/** @param under accreditations that rows of its scope stand under */
const standings = (card: CentreCard, under: ReadonlySet<string>) =>
  card.accreditations.map((held) => ({ held, standing: standingOfCentre(held, under.has(held.id)) }));

export const heldByCentre = (card: CentreCard, under: ReadonlySet<string>) =>
  standings(card, under).map(({ held, standing }) => ({
    tone: STATES[standing].tone,
    state: STATES[standing].name(),
    text: `${certificateName(held)} · ${m.catalogue_centre_valid_until({ until: date(held.validUntil, { timeZone: card.timeZone }) })}`,
  }));

/** The kinds alone, each once, for a list of centres. */
export function centreChips(card: CentreCard, under: ReadonlySet<string>): ChipView[] {
  const chips = standings(card, under).flatMap(({ held: { kind }, standing }): ChipView[] => {
    if (standing === 'accredited') return [{ tone: 'ok', text: kind }];
    return standing === 'stated' ? [{ tone: 'stated', text: m.catalogue_accreditation_stated({ kind }) }] : [];
  });
  return [...new Map(chips.map((chip) => [chip.text, chip])).values()];
}

/** Only what was checked is told to search engines. */
export function certifications(card: CentreCard, under: ReadonlySet<string>): { hasCertification?: object[] } {
  const checked = standings(card, under).filter(({ standing }) => standing === 'accredited');
  if (checked.length === 0) return {};
  return {
    hasCertification: checked.map(({ held }) => ({
      '@type': 'Certification',
      name: held.kind,
      certificationIdentification: held.number,
      expires: isoDay(held.validUntil, card.timeZone),
    })),
  };
}
