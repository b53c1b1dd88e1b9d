/** A service's page, every word and number ready. */

import { filesOf } from '#app/core/files-of.server.ts';
import { withVat } from '#app/core/money.ts';
import type { Services } from '#app/http/services.server.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Instrument } from '#app/modules/capability/rules/instrument-agreement.ts';
import { matchNeed } from '#app/modules/capability/search/match-reasons.ts';
import { leastBill } from '#app/modules/catalogue/bill.ts';
import type { Catalogue, ServiceCard } from '#app/modules/catalogue/catalogue.ts';
import { specificationTitle } from '#app/modules/catalogue/list-specifications.server.ts';
import { confirmedOf } from '#app/modules/catalogue/listing/other-instruments.ts';
import { isBlank, needParams, needText } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary } from '#app/modules/catalogue/need-vocabulary.ts';
import { rangeKey } from '#app/modules/catalogue/price-rules.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { isStocked, stockOf } from '#app/modules/catalogue/stock.server.ts';
import { type ComingSession, comingSessions, takes } from '#app/modules/scheduling/coming-sessions.server.ts';
import { requirementsName } from '#app/routes/centre/services/listing-words.ts';
import { lineName } from '#app/ui/bill.tsx';
import { megabytes, money, percent } from '#app/ui/format.ts';
import { seatsLeft } from '../booking/sessions.tsx';
import { quantityLabel, span } from '../booking/words.ts';
import { capabilityRows } from './capability-rows.server.ts';
import { decisionView } from './decision-view.ts';
import { deliveryOf } from './delivery-words.ts';
import { cancelText, chipsOf, turnaroundText, whenOf } from './offers.server.ts';
import { LARGE, pictureOf } from './picture.ts';
import { whyOf } from './reasons.ts';
import { startsOf } from './starts.server.ts';
import { criterionView, familyName, fieldName, nameOf, operationName, priceText, unitsName } from './words.ts';

const SIMILAR = 3;
const PICTURE = 'image/webp';
const FULL = 10_000;

export async function serviceView(services: Services, catalogue: Catalogue, card: ServiceCard, params: URLSearchParams) {
  const scopes = await services.scopes.current();
  const asked = params.get('quantity') ?? params.get('n') ?? '1';
  const number = /^\d{1,6}$/.test(asked) ? Number(asked) : 0;
  const quantityBad = number < 1 || number > card.maxQuantity;
  const quantity = quantityBad ? 1 : number;
  const text = needText(params);
  const need = isBlank(text) ? null : readNeed(text, needVocabulary(catalogue, scopes, services.clock())).need;
  const rows = scopes.rows(card.capabilityIds);
  const match = need ? matchNeed(need, rows)[0] : undefined;
  const fits = match?.verdict !== 'near';
  const starts = await startsOf(services, catalogue, [card], { quantity });
  const title = card.specification ? await specificationTitle(services, card.specification) : null;
  const instrument = pick(card.instrumentZh, card.instrumentEn);
  const kept = [...needParams(text)];
  const query = new URLSearchParams(kept);
  if (quantity > 1) query.set('quantity', String(quantity));
  const similar = catalogue.search
    .search({ words: card.instrumentZh || card.nameZh, facets: { family: [card.family] }, sort: 'fit', offset: 0, limit: SIMILAR + 1 })
    .ids.filter((id) => id !== card.id)
    .slice(0, SIMILAR)
    .flatMap((id) => catalogue.services.get(id) ?? []);
  const dates = card.sessions === null ? undefined : await services.db.read((q) => comingSessions(q, card, services.clock()));
  const left = isStocked(card.family) ? await services.db.read((q) => stockOf(q, card.id)) : null;
  const files = await filesOf(services, 'public', card.pictures);
  const bill = leastBill(card, quantity);
  const lines = bill.lines.map((line) => ({
    name: line.key === 'unit' ? `${unitsName(card.unit, quantity)} × ${money(line.unitNet)}` : lineName(line),
    text: money(line.net),
  }));
  const vat =
    card.vatBasisPoints === 0 ? m.order_vat_exempt() : `${m.catalogue_service_price_vat()} ${percent(card.vatBasisPoints / FULL, 0)}`;
  lines.push({ name: vat, text: money(bill.vat) });
  return {
    slug: card.slug,
    name: nameOf(card),
    summary: pick(card.summaryZh, card.summaryEn),
    requirements: { name: requirementsName(card.family), text: pick(card.requirementsZh, card.requirementsEn) },
    specification: card.specification,
    family: { key: card.family, name: familyName(card.family) },
    scorecard: card.scorecard.map(criterionView),
    photos: files
      .filter(({ type }) => type === PICTURE)
      .map(({ id }, i) => ({ src: `/files/${id}`, alt: m.catalogue_service_picture({ service: nameOf(card), n: i + 1 }) })),
    documents: files
      .filter(({ type }) => type !== PICTURE)
      .map(({ id, name, size }) => ({ href: `/files/${id}`, text: m.catalogue_service_document({ name, size: megabytes(size) }) })),
    left: left === null ? null : { none: left === 0, text: left === 0 ? m.catalogue_sold_out() : m.catalogue_left({ count: left }) },
    centre: { slug: card.centre.slug, name: nameOf(card.centre) },
    chips: chipsOf(card),
    facts: factsOf(card, instrument, title && pick(title.titleZh, title.titleEn)),
    rows: capabilityRows(rows, services.clock(), [card.family]),
    otherRows: otherRowsText(card, rows),
    pictures: picturesOf(rows, instrument, need ? { need, text, fits } : null),
    match: match ? { fits, why: whyOf({ ...match, alternatives: 0 }, text), decision: decisionView(match) } : null,
    similar: similar.map((other) => ({
      slug: other.slug,
      name: `${nameOf(other)} · ${nameOf(other.centre)}`,
      price: priceText(leastBill(other, Math.min(quantity, other.maxQuantity)), { short: true }),
    })),
    compare: new URLSearchParams([card, ...similar].map((service) => ['s', service.slug])).toString(),
    quantity,
    quantityName: quantityLabel(card.unit),
    quantityBad,
    max: card.maxQuantity,
    kept,
    sessions: dates?.sessions.map((session) => sessionView(session, card)),
    query: query.size > 0 ? `?${query}` : '',
    bill: lines,
    total: {
      name: m.catalogue_service_price_total({ count: unitsName(card.unit, quantity) }),
      text: priceText(bill),
    },
    when: whenOf(starts.get(card.id), card.centre.timeZone),
    instant: card.booking === 'instant',
    terms: !card.centre.verified
      ? m.catalogue_service_unverified()
      : card.booking === 'instant'
        ? m.catalogue_service_instant()
        : m.catalogue_service_decision({ hours: card.answerHours }),
    cancel: cancelText(card),
    jsonLd: {
      '@type': 'Service',
      name: nameOf(card),
      description: pick(card.summaryZh, card.summaryEn),
      serviceType: familyName(card.family),
      url: services.settings.origin + localePath(`/services/${card.slug}`),
      provider: { '@type': 'Organization', name: nameOf(card.centre), address: pick(card.centre.cityZh, card.centre.cityEn) },
      offers: { '@type': 'Offer', priceCurrency: 'CNY', price: (leastBill(card, 1).gross / 100).toFixed(2) },
    },
  };
}

/** What the centre confirmed of rows the service does not name; empty where there are none. */
function otherRowsText(card: ServiceCard, rows: readonly Instrument[]): string {
  const others = confirmedOf(card.confirmed, rows).map((row) => pick(row.instrumentZh, row.instrumentEn));
  const instruments = [...new Set(others)].join(m.centre_list_comma());
  return instruments && m.catalogue_service_other_rows({ service: nameOf(card), instruments });
}

function factsOf(card: ServiceCard, instrument: string, title: string | null) {
  const goods = isStocked(card.family);
  const facts = [
    { name: m.catalogue_service_for(), text: instrument },
    { name: m.catalogue_service_spec(), text: [card.specification, title].filter(Boolean).join(' · ') },
    { name: m.catalogue_operation(), text: card.family === 'shared_equipment' && card.operation ? operationName(card.operation) : '' },
    { name: m.catalogue_facet_field(), text: fieldName(card.field) },
    { name: m.catalogue_service_delivery(), text: card.deliveryModes.map((mode) => deliveryOf(card.family, mode)).join(' · ') },
    {
      name: m.catalogue_service_lead(),
      text: card.leadDays === 1 ? m.catalogue_service_lead_one() : m.catalogue_service_lead_value({ days: card.leadDays }),
    },
    goods
      ? { name: m.catalogue_goods_ready(), text: m.catalogue_goods_ready_value({ days: Math.max(1, card.turnaroundDays) }) }
      : { name: m.catalogue_service_turnaround(), text: turnaroundText(card) },
    { name: m.catalogue_service_max(), text: unitsName(card.unit, card.maxQuantity) },
  ];
  for (const { from, unitNet } of card.volumeTiers)
    facts.push({
      name: m.catalogue_service_from({ count: unitsName(card.unit, from) }),
      text: priced(card, unitNet),
    });
  facts.push(...ruleFacts(card));
  if (card.travelNet > 0 && card.travelZones.length === 0 && card.deliveryModes.includes('on_site'))
    facts.push({ name: m.catalogue_service_price_travel(), text: priced(card, card.travelNet) });
  if (card.courierNet > 0 && card.deliveryModes.includes('courier'))
    facts.push({ name: m.catalogue_service_price_courier(), text: priced(card, card.courierNet) });
  if (card.expediteBasisPoints)
    facts.push({
      name: m.catalogue_service_price_expedite(),
      text: m.catalogue_service_price_expedite_value({ percent: percent(card.expediteBasisPoints / FULL, 0) }),
    });
  return facts.filter(({ text }) => text);
}

/** One price of several, as the total is said: VAT included. */
const priced = ({ vatBasisPoints }: ServiceCard, net: number) => m.catalogue_service_gross({ price: money(withVat(net, vatBasisPoints)) });

/** What else the price depends on: range, points, zone, who buys. */
function ruleFacts(card: ServiceCard) {
  const off = (basisPoints: number) => (basisPoints > 0 ? m.catalogue_service_off({ percent: percent(basisPoints / FULL, 0) }) : '');
  const zones = card.deliveryModes.includes('on_site') ? card.travelZones : [];
  return [
    ...card.rangePrices.map((row) => ({ name: m.catalogue_service_range({ range: rangeKey(row) }), text: priced(card, row.unitNet) })),
    {
      name: m.catalogue_service_points(),
      text:
        card.perPointNet > 0
          ? m.catalogue_service_points_value({ included: card.includedPoints, price: priced(card, card.perPointNet) })
          : '',
    },
    ...zones.map((zone) => ({
      name: m.catalogue_service_zone({ name: nameOf(zone) }),
      text: m.catalogue_service_zone_value({ price: priced(card, zone.net), minutes: zone.minutes }),
    })),
    { name: m.catalogue_service_member(), text: off(card.memberBasisPoints) },
    { name: m.catalogue_service_park(), text: off(card.parkBasisPoints) },
  ];
}

/** One picture per kind of quantity: rows of volts and rows of ohms share no axis. */
function picturesOf(rows: Parameters<typeof pictureOf>[0], instrument: string, shown: Parameters<typeof pictureOf>[2]) {
  const byKind = Map.groupBy(rows, (row) => `${row.range?.unit.kind}|${row.uncertaintyUnit.kind}`);
  return [...byKind.values()].slice(0, 3).flatMap((same) => pictureOf(same, instrument, shown, LARGE) ?? []);
}

/** A date of a course, with the way to book it while a seat is left. */
const sessionView = (session: ComingSession, { slug, centre }: ServiceCard) => ({
  at: session.startAt,
  when: span(session.startAt, session.endAt, centre.timeZone),
  seats: seatsLeft(session),
  href: takes(session, 1) ? `/services/${slug}/book?start=${session.startAt}` : null,
});
