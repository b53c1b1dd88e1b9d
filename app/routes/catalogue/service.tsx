import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { asId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { isPaused } from '#app/modules/catalogue/is-paused.server.ts';
import { CapabilityTable } from '#app/ui/capability-table.tsx';
import { JsonLd } from '#app/ui/json-ld.tsx';
import { A } from '#app/ui/link.tsx';
import { Chips, Why } from '#app/ui/offer.tsx';
import { Page } from '#app/ui/page.tsx';
import { RangePicture } from '#app/ui/range-picture.tsx';
import { Scorecard } from '#app/ui/scorecard.tsx';
import { Decision } from './decision.tsx';
import { serviceView } from './service-view.server.ts';

export const loader = serve(async ({ request, params, services }) => {
  const catalogue = await services.catalogue.current();
  const card = catalogue.serviceBySlug(params.slug ?? '');
  if (!card && (await isPaused(services, asId(params.slug ?? '')))) throw redirectTo(`/services/${params.slug}/book`);
  if (!card) throw new Problem('not_found');
  return serviceView(services, catalogue, card, new URL(request.url).searchParams);
});

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data
    ? [{ title: `${data.name} · ${data.centre.name} · ${m.brand()}` }, { name: 'description', content: data.summary.slice(0, 160) }]
    : [];

export default function Service() {
  const view = useView<typeof loader>();
  return (
    <Page
      title={view.name}
      crumbs={[
        { to: '/search', label: m.catalogue_search_title() },
        { to: `/search?family=${view.family.key}`, label: view.family.name },
        { label: view.name },
      ]}
      lead={
        <>
          <A to={`/centres/${view.centre.slug}`} className="link">
            {view.centre.name}
          </A>
          {view.specification && ` · ${view.specification}`}
          <Chips chips={view.chips} />
        </>
      }
    >
      <div className="grid items-start gap-6 md:grid-cols-[minmax(0,1fr)_320px]">
        <div className="grid gap-6">
          <section className="card pad grid gap-3">
            <h2>{m.catalogue_service_about()}</h2>
            <p>{view.summary}</p>
            <dl className="spec-list">
              {view.facts.map(({ name, text }) => (
                <div key={name} className="contents">
                  <dt>{name}</dt>
                  <dd>{text}</dd>
                </div>
              ))}
            </dl>
            <Scorecard criteria={view.scorecard} />
            {view.requirements.text && (
              <>
                <h3>{view.requirements.name}</h3>
                <p className="whitespace-pre-line">{view.requirements.text}</p>
              </>
            )}
            {view.documents.length > 0 && (
              <>
                <h3>{m.catalogue_service_documents()}</h3>
                <ul className="grid gap-1">
                  {view.documents.map(({ href, text }) => (
                    <li key={href}>
                      <a href={href} className="link [overflow-wrap:anywhere]">
                        {text}
                      </a>
                    </li>
                  ))}
                </ul>
              </>
            )}
          </section>
          {view.sessions && (
            <section className="card pad grid gap-3">
              <h2>{m.catalogue_sessions_title()}</h2>
              {view.sessions.length === 0 && <p className="muted">{m.catalogue_sessions_none()}</p>}
              <ul className="grid gap-2">
                {view.sessions.map(({ at, when, seats, href }) => (
                  <li key={at} className="flex flex-wrap items-center justify-between gap-x-4">
                    {href ? (
                      <A to={href} className="link num inline-flex min-h-8 items-center">
                        {when}
                      </A>
                    ) : (
                      <span className="num inline-flex min-h-8 items-center text-ink-2">{when}</span>
                    )}
                    <span className="text-[.9375rem]">{seats}</span>
                  </li>
                ))}
              </ul>
            </section>
          )}
          {view.photos.length > 0 && (
            <section className="card pad grid gap-3">
              <h2>{m.catalogue_service_pictures()}</h2>
              <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3">
                {view.photos.map(({ src, alt }) => (
                  <li key={src}>
                    <a href={src}>
                      <img
                        src={src}
                        alt={alt}
                        loading="lazy"
                        className="aspect-[4/3] w-full rounded-field border border-line object-cover"
                      />
                    </a>
                  </li>
                ))}
              </ul>
            </section>
          )}
          <section className="card pad grid gap-4">
            <h2>{m.catalogue_service_capability()}</h2>
            {view.match && (
              <div>
                <p className="font-semibold">{view.match.fits ? m.catalogue_service_fits() : m.catalogue_service_near()}</p>
                <Why why={view.match.why} />
                <Decision decision={view.match.decision} />
              </div>
            )}
            {view.pictures.map((picture) => (
              <RangePicture key={picture.title} {...picture} />
            ))}
            {view.otherRows && <p className="text-ink-2">{view.otherRows}</p>}
            {view.rows.length > 0 ? <CapabilityTable rows={view.rows} /> : <p className="muted">{m.catalogue_service_capability_none()}</p>}
            {view.rows.length > 0 && <p className="tiny">{m.capability_floor()}</p>}
          </section>
          {view.similar.length > 0 && (
            <section className="card pad grid gap-2">
              <h2>{m.catalogue_service_similar()}</h2>
              <ul className="grid gap-2">
                {view.similar.map((other) => (
                  <li key={other.slug} className="flex flex-wrap justify-between gap-3">
                    <A to={`/services/${other.slug}${view.query}`} className="link">
                      {other.name}
                    </A>
                    <span>{other.price}</span>
                  </li>
                ))}
              </ul>
              <A to={`/compare?${view.compare}`} className="btn small justify-self-start">
                {m.catalogue_compare_title()}
              </A>
            </section>
          )}
        </div>
        <aside className="card pad grid gap-3 md:sticky md:top-5">
          <Form method="get" action={localePath(`/services/${view.slug}`)} className="flex items-end gap-2">
            <label className="grid gap-1 text-[.875rem] text-ink-2">
              {view.quantityName}
              <input className="control" name="quantity" inputMode="numeric" defaultValue={view.quantity} maxLength={6} />
            </label>
            {view.kept.map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <button type="submit" className="btn">
              {m.catalogue_service_update()}
            </button>
          </Form>
          {view.quantityBad && <p className="error-text">{m.catalogue_service_quantity_bad({ max: view.max })}</p>}
          <dl className="grid gap-2 text-[.9375rem]">
            {view.bill.map(({ name, text }) => (
              <div key={name} className="flex justify-between gap-3 border-b border-line pb-2">
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
            <div className="flex items-baseline justify-between gap-3">
              <dt>{view.total.name}</dt>
              <dd className="whitespace-nowrap text-[1.375rem] font-[650]">{view.total.text}</dd>
            </div>
          </dl>
          {view.left && <p className={view.left.none ? 'chip bad justify-self-start' : 'font-semibold'}>{view.left.text}</p>}
          {!view.left?.none && (
            <>
              <p className="muted text-[.9375rem]">{view.when}</p>
              <A to={`/services/${view.slug}/book${view.query}`} className="btn go">
                {view.instant ? m.catalogue_book() : m.catalogue_request()}
              </A>
            </>
          )}
          <A to={`/messages/begin?service=${view.slug}`} className="btn">
            {m.messages_ask_centre()}
          </A>
          <p className="tiny">{view.terms}</p>
          <p className="tiny">{view.cancel}</p>
        </aside>
      </div>
      <JsonLd data={view.jsonLd} />
    </Page>
  );
}
