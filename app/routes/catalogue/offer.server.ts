/** Services as the cards of result lists show them: every label made here, in the language of the request, so that the browser gets text. */

import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Scopes } from '#app/modules/capability/load-scopes.server.ts';
import type { Need } from '#app/modules/capability/matching.ts';
import { type CentreCard, listPrice, type ServiceCard } from '#app/modules/catalogue/catalogue.ts';
import type { NeedOffer } from '#app/modules/catalogue/find-by-need.server.ts';
import { type NeedText, needParams } from '#app/modules/catalogue/need-fields.ts';
import { dayTime, isoDay, money } from '#app/ui/format.ts';
import type { OfferProps } from './offer-card.tsx';
import { pictureOf, SMALL } from './picture.ts';
import { whyOf } from './reasons.ts';
import { accreditationName, nameOf, unitsName } from './words.ts';

type Chip = OfferProps['chips'][number];

export const earliestText = (start: number | null | undefined, { timeZone }: CentreCard): string =>
  start ? m.catalogue_earliest({ when: dayTime(start, { timeZone }) }) : m.catalogue_earliest_none();

export function accreditationChips({ accreditations, timeZone }: CentreCard): Chip[] {
  return accreditations.map(({ kind, validUntil }) => ({
    tone: 'ok',
    text: m.catalogue_accreditation_until({ kind: accreditationName(kind), until: isoDay(validUntil, timeZone).slice(0, 7) }),
  }));
}

export function bookingChip({ booking, decisionHours }: ServiceCard): Chip {
  if (booking === 'instant') return { tone: 'info', text: m.catalogue_booking_instant() };
  const whole = decisionHours % 24 === 0;
  return {
    tone: 'warn',
    text: whole
      ? m.catalogue_booking_decision_days({ days: decisionHours / 24 })
      : m.catalogue_booking_decision_hours({ hours: decisionHours }),
  };
}

function frame(service: ServiceCard, start: number | null | undefined, query: string) {
  const { centre } = service;
  const chips: Chip[] = [...accreditationChips(centre)];
  if (centre.creditGrade) chips.push({ tone: '', text: m.catalogue_grade({ grade: centre.creditGrade }) });
  chips.push(bookingChip(service));
  return {
    slug: service.slug,
    to: `/services/${service.slug}${query && `?${query}`}`,
    name: nameOf(service),
    specification: service.specification,
    centre: nameOf(centre),
    centreTo: `/centres/${centre.slug}`,
    chips,
    earliest: earliestText(start, centre),
  };
}

/** A card of the search by words. */
export function offerOf(service: ServiceCard, start: number | null | undefined): OfferProps {
  const { centre } = service;
  return {
    ...frame(service, start, ''),
    place: centre.park ? nameOf(centre.park) : pick(centre.cityZh, centre.cityEn),
    summary: pick(service.summaryZh, service.summaryEn),
    price: money(listPrice(service), { short: true }),
    priceFor: m.catalogue_price_for({ count: unitsName(service.unit, 1) }),
    action: service.booking === 'instant' ? m.catalogue_choose_slot() : m.catalogue_view(),
    primary: service.booking === 'instant',
  };
}

/** A card of the search by need: why it fits, or what is missing, and the picture of it. */
export function needOfferOf(
  { service, match, price, distanceKm }: NeedOffer,
  asked: { need: Need; text: NeedText; pieces: number },
  scopes: Scopes,
  start: number | null | undefined,
): OfferProps {
  const { centre } = service;
  const rows = scopes.rows(match.capabilityIds);
  const fits = match.verdict !== 'near';
  const why = whyOf(match, rows[0]?.k ?? 2, asked.text);
  if (price === null) why.push({ tone: 'miss', text: m.capability_why_quantity({ max: service.maxQuantity }) });
  const place = pick(centre.cityZh, centre.cityEn);
  return {
    ...frame(service, start, needParams(asked.text).toString()),
    place:
      distanceKm === null
        ? place
        : `${place} · ${m.catalogue_distance({ km: distanceKm < 10 ? distanceKm.toFixed(1) : Math.round(distanceKm) })}`,
    why,
    picture: pictureOf(rows, pick(match.instrumentZh, match.instrumentEn), { need: asked.need, text: asked.text, fits }, SMALL),
    price: price === null ? money(listPrice(service), { short: true }) : money(price, { short: true }),
    priceFor: m.catalogue_price_for({ count: unitsName(service.unit, price === null ? 1 : asked.pieces) }),
    action: fits ? (service.booking === 'instant' ? m.catalogue_choose_slot() : m.catalogue_request()) : m.catalogue_view(),
    primary: fits,
  };
}
