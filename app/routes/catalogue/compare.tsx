import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { matchNeed } from '#app/modules/capability/search/match-reasons.ts';
import { leastBill } from '#app/modules/catalogue/bill.ts';
import { accreditationOf } from '#app/modules/catalogue/catalogue.ts';
import { isBlank, needParams, needText } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { A } from '#app/ui/link.tsx';
import { Why } from '#app/ui/offer.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { RangePicture } from '#app/ui/range-picture.tsx';
import { capabilityRows } from './capability-rows.server.ts';
import { deliveryOf } from './delivery-words.ts';
import { accreditationChips, cancelText, turnaroundText, whenOf } from './offers.server.ts';
import { pictureOf, SMALL } from './picture.ts';
import { whyOf } from './reasons.ts';
import { startsOf } from './starts.server.ts';
import { bookingName, nameOf, priceText, unitsName } from './words.ts';

const MOST = 4;
const ROWS_SHOWN = 4;

export const loader = serve(async ({ request, services }) => {
  const params = new URL(request.url).searchParams;
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const slugs = [...new Set(params.getAll('s'))];
  const known = slugs.flatMap((slug) => catalogue.serviceBySlug(slug) ?? []);
  const cards = known.slice(0, MOST);
  const text = needText(params);
  const asked = isBlank(text) ? null : readNeed(text, needVocabulary(catalogue, scopes, services.clock()));
  const pieces = asked?.pieces ?? 1;
  const starts = await startsOf(services, catalogue, cards, { quantity: pieces, from: asked?.from });
  const shown = asked?.need ? { need: asked.need, text } : null;
  return {
    missing: slugs.length - known.length,
    tooMany: known.length > MOST,
    need: [...needParams(text), ...(pieces > 1 ? [['quantity', String(pieces)] as [string, string]] : [])],
    items: cards.map((card) => {
      const rows = scopes.rows(card.capabilityIds);
      const match = shown ? matchNeed(shown.need, rows)[0] : undefined;
      const fits = match?.verdict !== 'near';
      return {
        slug: card.slug,
        name: nameOf(card),
        centre: nameOf(card.centre),
        city: pick(card.centre.cityZh, card.centre.cityEn),
        price: pieces <= card.maxQuantity ? priceText(leastBill(card, pieces)) : m.catalogue_price_split(),
        priceFor: unitsName(card.unit, Math.min(pieces, card.maxQuantity)),
        when: whenOf(starts.get(card.id), card.centre.timeZone),
        why: match ? whyOf({ ...match, alternatives: 0 }, text) : [],
        picture: pictureOf(rows, pick(card.instrumentZh, card.instrumentEn), shown && { ...shown, fits }, SMALL),
        rows: capabilityRows(rows.slice(0, ROWS_SHOWN), services.clock(), [card.family]).map(
          ({ designation, range, uncertainty, compared, basis }) =>
            [designation, `${range}: ${uncertainty}`, compared, basis?.text].filter(Boolean).join(' · '),
        ),
        facts: [
          { name: m.catalogue_service_spec(), text: card.specification },
          {
            name: m.catalogue_facet_accreditation(),
            text: accreditationChips(accreditationOf(card), card.centre.timeZone)
              .map((chip) => chip.text)
              .join(' · '),
          },
          { name: m.catalogue_service_delivery(), text: card.deliveryModes.map((mode) => deliveryOf(card.family, mode)).join(' · ') },
          { name: m.catalogue_service_turnaround(), text: turnaroundText(card) },
          { name: m.catalogue_facet_booking(), text: bookingName(card.booking) },
          { name: m.catalogue_service_cancel(), text: cancelText(card) },
        ].filter((fact) => fact.text),
      };
    }),
  };
});

export const meta: MetaFunction = () => [
  { title: `${m.catalogue_compare_title()} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
];

export default function Compare() {
  const { items, need, missing, tooMany } = useView<typeof loader>();
  const address = (slugs: string[]) => `/compare?${new URLSearchParams([...slugs.map((slug) => ['s', slug]), ...need])}`;
  return (
    <Page title={m.catalogue_compare_title()} lead={m.catalogue_compare_lead()}>
      {tooMany && <p className="chip warn">{m.catalogue_compare_too_many()}</p>}
      {missing > 0 && <p className="chip warn">{m.catalogue_compare_missing({ count: missing })}</p>}
      {items.length === 0 ? (
        <Empty title={m.catalogue_compare_empty_title()}>
          <p>{m.catalogue_compare_empty_text()}</p>
          <A to="/search" className="btn">
            {m.catalogue_search_title()}
          </A>
        </Empty>
      ) : (
        <ul className="grid gap-4 [grid-template-columns:repeat(auto-fit,minmax(min(100%,250px),1fr))]">
          {items.map((item) => (
            <li key={item.slug} className="card pad grid content-start gap-3">
              <div>
                <h2 className="text-[1.0625rem]">
                  <A to={`/services/${item.slug}`}>{item.name}</A>
                </h2>
                <p className="muted text-[.875rem]">
                  {item.centre} · {item.city}
                </p>
              </div>
              <p>
                <b className="text-[1.375rem]">{item.price}</b> <span className="tiny">{item.priceFor}</span>
              </p>
              <p className="muted text-[.9375rem]">{item.when}</p>
              {item.why.length > 0 && <Why why={item.why} />}
              {item.picture && <RangePicture {...item.picture} />}
              <ul className="text-[.875rem]">
                {item.rows.map((row) => (
                  <li key={row}>{row}</li>
                ))}
              </ul>
              <dl className="grid gap-2 text-[.9375rem]">
                {item.facts.map(({ name, text }) => (
                  <div key={name}>
                    <dt className="tiny">{name}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
              <div className="flex flex-wrap gap-2">
                <A
                  to={`/services/${item.slug}/book?${new URLSearchParams(need)}`}
                  className="btn go"
                  aria-label={`${m.catalogue_choose_slot()}: ${item.name}, ${item.centre}`}
                >
                  {m.catalogue_choose_slot()}
                </A>
                <A
                  to={address(items.filter((other) => other !== item).map((other) => other.slug))}
                  className="btn quiet"
                  aria-label={m.catalogue_compare_remove_name({ name: `${item.name}, ${item.centre}` })}
                >
                  {m.catalogue_compare_remove()}
                </A>
              </div>
            </li>
          ))}
        </ul>
      )}
      {items.length > 0 && <p className="tiny">{m.capability_floor()}</p>}
    </Page>
  );
}
