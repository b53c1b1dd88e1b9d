import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { fold } from '#app/modules/capability/words/fold.ts';
import { leastBill } from '#app/modules/catalogue/bill.ts';
import { viewCentre } from '#app/modules/centres/view-centre.server.ts';
import { CapabilityTable } from '#app/ui/capability-table.tsx';
import { Fact } from '#app/ui/fact.tsx';
import { date } from '#app/ui/format.ts';
import { JsonLd } from '#app/ui/json-ld.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { capabilityRows } from './capability-rows.server.ts';
import { certifications, heldByCentre } from './centre-accreditations.server.ts';
import { familyName, fieldName, nameOf, priceText, unitName } from './words.ts';

/** A scope of hundreds of rows is shown in part, and whole on request. */
const ROWS_SHOWN = 25;

const CONFIDENCE = [
  ['high', m.catalogue_centre_confidence_high],
  ['medium', m.catalogue_centre_confidence_medium],
  ['low', m.catalogue_centre_confidence_low],
] as const;

export const loader = serve(async ({ request, params, services }) => {
  const search = new URL(request.url).searchParams;
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const card = catalogue.centreBySlug(params.slug ?? '');
  if (!card) throw new Problem('not_found');
  const more = await viewCentre(services, card.slug);
  const words = (search.get('rows') ?? '').trim().slice(0, 80);
  const wanted = fold(words);
  const scope = scopes
    .of(card.id)
    .filter((row) =>
      fold(`${row.instrumentZh} ${row.instrumentEn} ${row.measurandZh} ${row.method} ${fieldName(row.field)}`).includes(wanted),
    );
  const all = search.get('all') === '1';
  const name = nameOf(card);
  return {
    slug: card.slug,
    name,
    claimed: card.claimed,
    demonstration: card.demonstration,
    city: pick(card.cityZh, card.cityEn),
    park: card.park && { slug: card.park.slug, name: nameOf(card.park) },
    intro: pick(more.introZh, more.introEn),
    host: pick(more.hostZh, more.hostEn),
    address: pick(more.addressZh, more.addressEn),
    verified: more.verifiedAt === null ? null : date(more.verifiedAt, { timeZone: card.timeZone }),
    verifiedBefore: more.verifiedAs && {
      name: pick(more.verifiedAs.zh, more.verifiedAs.en),
      date: date(more.verifiedAs.at, { timeZone: card.timeZone }),
    },
    source: more.source,
    confidence: CONFIDENCE.find(([level]) => more.sourceConfidence.startsWith(level))?.[1]() ?? '',
    accreditations: heldByCentre(card, scopes.accreditationsOf(card.id)),
    services: catalogue.servicesOf(card.id).map((service) => ({
      slug: service.slug,
      name: nameOf(service),
      family: familyName(service.family),
      specification: service.specification,
      price: `${priceText(leastBill(service, 1), { short: true })} / ${unitName(service.unit)}`,
    })),
    words,
    rowCount: scope.length,
    rows: capabilityRows(scope.slice(0, all ? undefined : ROWS_SHOWN), services.clock()),
    jsonLd: {
      '@type': 'Organization',
      name,
      url: services.settings.origin + localePath(`/centres/${card.slug}`),
      address: { '@type': 'PostalAddress', addressLocality: pick(card.cityZh, card.cityEn), addressCountry: 'CN' },
      ...certifications(card, scopes.accreditationsOf(card.id)),
    },
  };
});

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.name} · ${m.brand()}` }, { name: 'description', content: (data.intro || data.host).slice(0, 160) }] : [];

export default function Centre() {
  const view = useView<typeof loader>();
  return (
    <Page
      title={view.name}
      crumbs={[{ to: '/centres', label: m.catalogue_centres_title() }, { label: view.name }]}
      lead={view.intro}
      actions={
        view.claimed && (
          <A to={`/enquiries/new?centre=${view.slug}`} className="btn">
            {m.enquiries_button_centre()}
          </A>
        )
      }
    >
      {!view.claimed && (
        <p className="card pad">
          {m.catalogue_centre_unclaimed()}{' '}
          <span className="whitespace-nowrap">
            {m.catalogue_centre_claim_question()}{' '}
            <A to={`/centre/claim/${view.slug}`} className="link">
              {m.catalogue_centre_claim()}
            </A>
          </span>
        </p>
      )}
      {view.claimed &&
        (view.verified ? (
          <p className="flex flex-wrap items-baseline gap-x-3">
            <span className="chip ok">{m.catalogue_centre_verified()}</span>
            <span className="tiny">{m.catalogue_centre_verified_text({ date: view.verified })}</span>
          </p>
        ) : (
          <p className="card pad">
            {view.verifiedBefore ? m.catalogue_centre_verified_before(view.verifiedBefore) : m.catalogue_centre_unverified()}
          </p>
        ))}
      {view.demonstration && <p className="chip warn justify-self-start">{m.catalogue_centre_demonstration()}</p>}
      <section className="card pad">
        <dl className="spec-list">
          {view.host && <Fact name={m.catalogue_centre_host()} text={view.host} />}
          <Fact name={m.catalogue_centre_address()} text={view.address || view.city} />
          {view.park && (
            <Fact
              name={m.catalogue_centre_park()}
              text={
                <A to={`/parks/${view.park.slug}`} className="link">
                  {view.park.name}
                </A>
              }
            />
          )}
          {view.claimed && (
            <Fact
              name={m.catalogue_centre_accreditations()}
              text={
                view.accreditations.length === 0
                  ? m.catalogue_centre_no_accreditation()
                  : view.accreditations.map((held) => (
                      <span key={held.text} className="flex flex-wrap items-baseline gap-x-2">
                        <span className={`chip ${held.tone}`}>{held.state}</span>
                        <span className="[overflow-wrap:anywhere]">{held.text}</span>
                      </span>
                    ))
              }
            />
          )}
          {view.source && (
            <Fact
              name={m.catalogue_centre_source()}
              text={
                <>
                  <span className="[overflow-wrap:anywhere]">{view.source}</span>{' '}
                  {view.confidence && <span className="tiny">· {view.confidence}</span>}
                </>
              }
            />
          )}
        </dl>
      </section>
      {view.services.length > 0 && (
        <section className="card pad grid gap-2">
          <h2>{m.catalogue_centre_services_title()}</h2>
          <ul className="grid gap-x-8 md:grid-cols-2">
            {view.services.map((service) => (
              <li key={service.slug} className="flex items-baseline justify-between gap-4 border-b border-line py-2.5">
                <span>
                  <A to={`/services/${service.slug}`} className="link">
                    {service.name}
                  </A>{' '}
                  <span className="tiny">
                    {service.family} {service.specification}
                  </span>
                </span>
                <span className="whitespace-nowrap">{service.price}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {view.claimed && (
        <section className="card pad grid gap-3" id="scope">
          <h2>
            {m.catalogue_centre_capabilities()} <span className="tiny">{m.catalogue_centre_rows({ count: view.rowCount })}</span>
          </h2>
          <Form method="get" action={`${localePath(`/centres/${view.slug}`)}#scope`} className="flex max-w-md gap-2">
            <input
              className="control"
              name="rows"
              defaultValue={view.words}
              maxLength={80}
              aria-label={m.catalogue_centre_search_rows()}
              placeholder={m.catalogue_centre_search_rows()}
            />
            <button type="submit" className="btn">
              {m.catalogue_search_submit()}
            </button>
          </Form>
          {view.rows.length === 0 ? (
            <p className="muted">{m.catalogue_centre_rows_none({ words: view.words })}</p>
          ) : (
            <CapabilityTable rows={view.rows} />
          )}
          {view.rows.length < view.rowCount && (
            <A
              to={`/centres/${view.slug}?${new URLSearchParams({ ...(view.words ? { rows: view.words } : {}), all: '1' })}#scope`}
              className="btn small justify-self-start"
            >
              {m.catalogue_show_all_rows({ count: view.rowCount })}
            </A>
          )}
          <p className="tiny">{m.capability_floor()}</p>
        </section>
      )}
      <JsonLd data={view.jsonLd} />
    </Page>
  );
}
