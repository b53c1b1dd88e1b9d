import type { MetaFunction } from '@remix-run/node';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { viewPark } from '#app/modules/centres/view-centre.server.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { nameOf } from './words.ts';

export const loader = serve(async ({ params, services }) => {
  const catalogue = await services.catalogue.current();
  const park = catalogue.parkBySlug(params.slug ?? '');
  if (!park) throw new Problem('not_found');
  const more = await viewPark(services, park.slug);
  const all = [...catalogue.centres.values()];
  const inside = all.filter((centre) => centre.park?.id === park.id);
  const nearby = all.filter((centre) => centre.claimed && centre.cityEn === park.cityEn && centre.park?.id !== park.id);
  const shown = (centre: (typeof all)[number]) => ({
    slug: centre.slug,
    name: nameOf(centre),
    services: catalogue.services.countOf(centre.id),
  });
  return {
    name: nameOf(park),
    city: pick(park.cityZh, park.cityEn),
    focus: pick(more.focusZh, more.focusEn),
    fact: pick(more.factZh, more.factEn),
    source: more.source,
    inside: inside.map(shown),
    nearby: nearby.map(shown),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data ? [{ title: `${data.name} · ${m.brand()}` }, { name: 'description', content: data.focus || data.fact }] : [];

export default function Park() {
  const view = useView<typeof loader>();
  return (
    <Page title={view.name} crumbs={[{ to: '/parks', label: m.catalogue_parks_title() }, { label: view.name }]} lead={view.city}>
      <section className="card pad">
        <dl className="spec-list">
          {view.focus && (
            <>
              <dt>{m.catalogue_park_focus()}</dt>
              <dd>{view.focus}</dd>
            </>
          )}
          {view.fact && (
            <>
              <dt>{m.catalogue_park_facts()}</dt>
              <dd>{view.fact}</dd>
            </>
          )}
          {view.source && (
            <>
              <dt>{m.catalogue_centre_source()}</dt>
              <dd>{view.source}</dd>
            </>
          )}
        </dl>
      </section>
      <CentreList title={m.catalogue_park_centres_title()} centres={view.inside} empty={m.catalogue_park_no_centres()} />
      {view.nearby.length > 0 && <CentreList title={m.catalogue_park_nearby()} centres={view.nearby} empty="" />}
    </Page>
  );
}

function CentreList({
  title,
  centres,
  empty,
}: {
  title: string;
  centres: { slug: string; name: string; services: number }[];
  empty: string;
}) {
  return (
    <section className="card pad grid gap-2">
      <h2>{title}</h2>
      {centres.length === 0 && <p className="muted">{empty}</p>}
      <ul>
        {centres.map((centre) => (
          <li key={centre.slug} className="flex items-baseline justify-between gap-4 border-b border-line py-2.5 last:border-0">
            <A to={`/centres/${centre.slug}`} className="link">
              {centre.name}
            </A>
            <span className="tiny whitespace-nowrap">{m.catalogue_centre_services({ count: centre.services })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
