/** Offers as results show them: every word and number ready, so that the page ships no code to make them. */

import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { OfferMatch } from '#app/modules/capability/search/find-matches.ts';
import type { Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Standing } from '#app/modules/catalogue/accreditation/standing-of-service.ts';
import { leastBill } from '#app/modules/catalogue/bill.ts';
import { accreditationOf, type Catalogue, type ServiceCard } from '#app/modules/catalogue/catalogue.ts';
import type { NeedOffer } from '#app/modules/catalogue/find-by-need.server.ts';
import type { NeedText } from '#app/modules/catalogue/need-fields.ts';
import { dayTime, integer, isoDay, percent } from '#app/ui/format.ts';
import type { ChipView, OfferView } from '#app/ui/offer.tsx';
import { type NeedShown, pictureOf, SMALL } from './picture.ts';
import { type Why, whyOf } from './reasons.ts';
import type { Starts } from './starts.server.ts';
import { bookingName, nameOf, priceText, unitName, unitsName } from './words.ts';

/** By what stands behind the rows: the green badge only for what was checked. */
export function accreditationChips({ state, under }: Standing, timeZone: string): ChipView[] {
  if (state === 'none') return [];
  if (state === 'own') return [{ tone: '', text: m.catalogue_accreditation_own() }];
  return under.map(({ kind, validUntil }): ChipView => {
    if (state === 'stated') return { tone: 'stated', text: m.catalogue_accreditation_stated({ kind }) };
    if (state === 'part') return { tone: '', text: m.catalogue_accreditation_part({ kind }) };
    const until = isoDay(validUntil, timeZone).slice(0, 'yyyy-mm'.length);
    return { tone: 'ok', text: m.catalogue_accreditation_until({ kind, until }) };
  });
}

/** @param standing of the rows that answer, where some of a service's do */
export function chipsOf(service: ServiceCard, standing = accreditationOf(service)): ChipView[] {
  const { centre, booking, answerHours } = service;
  const chips = accreditationChips(standing, centre.timeZone);
  if (centre.creditGrade) chips.push({ tone: '', text: m.catalogue_grade({ grade: centre.creditGrade }) });
  if (booking === 'instant') chips.push({ tone: 'info', text: bookingName(booking) });
  else chips.push({ tone: 'warn', text: m.catalogue_booking_answer_hours({ hours: answerHours }) });
  return chips;
}

export const whenOf = (start: number | null | 'sold_out' | undefined, timeZone: string): string =>
  start === 'sold_out'
    ? m.catalogue_sold_out()
    : start
      ? m.catalogue_earliest({ when: dayTime(start, { timeZone }) })
      : m.catalogue_earliest_none();

export const turnaroundText = ({ turnaroundDays: days }: ServiceCard): string =>
  days === 0 ? m.catalogue_service_turnaround_same() : m.catalogue_service_turnaround_value({ days });

const FULL = 10_000;

export const cancelText = ({ cancelPolicy: { fullHours: hours, lateBasisPoints } }: ServiceCard): string =>
  lateBasisPoints > 0
    ? m.catalogue_service_cancel_text({ hours, percent: percent(lateBasisPoints / FULL, 0) })
    : m.catalogue_service_cancel_none({ hours });

type Shown = {
  pieces?: number;
  starts: Starts;
  /** Carried to the service and its booking: the number of pieces, the need. */
  query?: string;
  distanceKm?: number | null;
};

export function offerView(service: ServiceCard, { pieces = 1, starts, query = '', distanceKm }: Shown): OfferView {
  const { centre } = service;
  const city = pick(centre.cityZh, centre.cityEn);
  const park = centre.park && nameOf(centre.park);
  // Most parks carry their city in their name.
  const where = [nameOf(centre), park?.includes(city) ? park : [city, park].filter(Boolean).join(' · ')];
  if (typeof distanceKm === 'number') where.push(m.catalogue_distance({ km: integer(Math.max(1, Math.round(distanceKm))) }));
  const fits = pieces <= service.maxQuantity;
  const to = `/services/${service.slug}${query}`;
  return {
    id: service.id,
    slug: service.slug,
    name: nameOf(service),
    specification: service.specification,
    where: where.filter(Boolean).join(' · '),
    chips: chipsOf(service),
    why: fits ? [] : [{ tone: 'note', text: m.capability_why_quantity({ max: service.maxQuantity }) }],
    price: fits ? priceText(leastBill(service, pieces), { short: true }) : m.catalogue_price_split(),
    per:
      pieces === 1
        ? m.catalogue_price_per({ unit: unitName(service.unit) })
        : m.catalogue_price_for({ count: unitsName(service.unit, pieces) }),
    summary: pick(service.summaryZh, service.summaryEn),
    when: whenOf(starts.get(service.id), centre.timeZone),
    to,
    go:
      starts.get(service.id) === 'sold_out'
        ? { to, text: m.catalogue_view(), now: false }
        : {
            to: `/services/${service.slug}/book${query}`,
            text: service.booking === 'instant' ? m.catalogue_choose_slot() : m.catalogue_request(),
            now: true,
          },
  };
}

/** `slug`: of a centre somebody answers for. */
export type UnlistedView = { key: string; centre: string; slug: string | null; to: string; what: string; why: Why[] };

/** A capability that answers a need and that its centre sells no service on. */
export function unlistedView(match: OfferMatch, catalogue: Catalogue, text: NeedText): UnlistedView[] {
  const centre = catalogue.centres.get(match.centreId);
  if (!centre) return [];
  const instrument = pick(match.instrumentZh, match.instrumentEn);
  return [
    {
      key: `${centre.id} ${match.instrumentZh}`,
      centre: nameOf(centre),
      slug: centre.claimed ? centre.slug : null,
      to: `/centres/${centre.slug}`,
      what: [instrument, pick(match.measurandZh, match.measurandEn ?? ''), match.method].filter(Boolean).join(' · '),
      why: whyOf(match, text),
    },
  ];
}

/** An offer that answers a need: why it does, or what is missing, with its capability drawn against the need. */
export function needOfferView(offer: NeedOffer, scopes: Scopes, shown: Omit<NeedShown, 'fits'>, rest: Shown): OfferView {
  const view = offerView(offer.service, { ...rest, distanceKm: offer.distanceKm });
  const rows = scopes.rows(offer.match.capabilityIds);
  const near = offer.match.verdict === 'near';
  const picture = pictureOf(rows, pick(offer.service.instrumentZh, offer.service.instrumentEn), { ...shown, fits: !near }, SMALL);
  const designations = new Set(rows.map((row) => row.designation).filter(Boolean));
  return {
    ...view,
    summary: '',
    chips: [
      ...(offer.match.verdict === 'review' ? [{ tone: 'warn', text: m.catalogue_match_confirm() } as const] : []),
      ...[...designations].map((text): ChipView => ({ tone: '', text })),
      ...chipsOf(offer.service, offer.accreditation),
    ],
    ...(picture ? { picture } : {}),
    why: [...whyOf(offer.match, shown.text), ...view.why],
    ...(near ? { go: { to: view.to, text: m.catalogue_view(), now: false } } : {}),
  };
}
