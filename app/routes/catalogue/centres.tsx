import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { fold } from '#app/modules/capability/words/fold.ts';
import { type CentreCard, cityKey } from '#app/modules/catalogue/catalogue.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { centreChips } from './centre-accreditations.server.ts';
import { nameOf } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const params = new URL(request.url).searchParams;
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const words = (params.get('q') ?? '').trim().slice(0, 80);
  const city = params.get('city') ?? '';
  const matches = (centre: CentreCard) =>
    fold(`${centre.nameZh} ${centre.nameEn} ${centre.cityZh} ${centre.cityEn}`).includes(fold(words)) &&
    (!city || cityKey(centre.cityEn) === city);
  const all = [...catalogue.centres.values()];
  const found = all.filter(matches).sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const cities = new Map(all.map((centre) => [cityKey(centre.cityEn), pick(centre.cityZh, centre.cityEn)]));
  return {
    words,
    city,
    cities: [...cities].map(([key, name]) => ({ key, name })).sort((a, b) => (a.key < b.key ? -1 : 1)),
    totals: { claimed: all.filter((centre) => centre.claimed).length, listed: all.filter((centre) => !centre.claimed).length },
    claimed: found
      .filter((centre) => centre.claimed)
      .map((centre) => ({
        slug: centre.slug,
        name: nameOf(centre),
        place: [pick(centre.cityZh, centre.cityEn), centre.park && nameOf(centre.park)].filter(Boolean).join(' · '),
        chips: centreChips(centre, scopes.accreditationsOf(centre.id)),
        counts: [
          m.catalogue_centre_services({ count: catalogue.services.countOf(centre.id) }),
          m.catalogue_centre_rows({ count: scopes.countOf(centre.id) }),
        ].join(' · '),
      })),
    listed: found
      .filter((centre) => !centre.claimed)
      .map((centre) => ({ slug: centre.slug, name: nameOf(centre), place: pick(centre.cityZh, centre.cityEn) })),
  };
});

export const meta: MetaFunction = () => [
  { title: `${m.catalogue_centres_title()} · ${m.brand()}` },
  { name: 'description', content: m.catalogue_home_meta() },
];

export default function Centres() {
  const { words, city, cities, totals, claimed, listed } = useView<typeof loader>();
  return (
    <Page title={m.catalogue_centres_title()} lead={m.catalogue_centres_lead(totals)}>
      <Form method="get" action={localePath('/centres')} className="flex flex-wrap gap-2" role="search">
        <input
          className="control min-w-0 max-w-sm flex-1 basis-48"
          type="search"
          name="q"
          defaultValue={words}
          maxLength={80}
          aria-label={m.catalogue_search_label()}
          placeholder={m.catalogue_search_label()}
        />
        <select className="control max-w-48" name="city" defaultValue={city} aria-label={m.catalogue_facet_city()}>
          <option value="">{m.catalogue_need_anywhere()}</option>
          {cities.map(({ key, name }) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
        <button type="submit" className="btn go">
          {m.catalogue_search_submit()}
        </button>
      </Form>
      <section className="grid gap-3">
        <h2>{m.catalogue_centres_bookable()}</h2>
        {claimed.length === 0 && <p className="muted">{m.catalogue_centres_none()}</p>}
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {claimed.map((centre) => (
            <li key={centre.slug} className="card pad grid content-start gap-2">
              <h3>
                <A to={`/centres/${centre.slug}`} className="hover:text-accent">
                  {centre.name}
                </A>
              </h3>
              <p className="muted text-[.875rem]">{centre.place}</p>
              <p className="flex flex-wrap gap-1.5">
                {centre.chips.map((chip) => (
                  <span key={chip.text} className={`chip ${chip.tone}`}>
                    {chip.text}
                  </span>
                ))}
              </p>
              <p className="tiny">{centre.counts}</p>
            </li>
          ))}
        </ul>
      </section>
      {listed.length > 0 && (
        <section className="grid gap-3">
          <h2>{m.catalogue_centres_directory()}</h2>
          <p className="muted">{m.catalogue_centres_directory_text()}</p>
          <ul className="card pad grid gap-x-8 md:grid-cols-2">
            {listed.map((centre) => (
              <li key={centre.slug} className="flex items-baseline justify-between gap-4 border-b border-line py-2.5">
                <A to={`/centres/${centre.slug}`} className="link">
                  {centre.name}
                </A>
                <span className="tiny whitespace-nowrap">{centre.place}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
