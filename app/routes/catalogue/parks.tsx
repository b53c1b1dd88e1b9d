import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { nameOf } from './words.ts';

export const loader = serve(async ({ services }) => {
  const catalogue = await services.catalogue.current();
  const centres = Map.groupBy(catalogue.centres.values(), (centre) => centre.park?.id ?? '');
  const parks = [...catalogue.parks.values()].sort((a, b) => Number(b.claimed) - Number(a.claimed) || (a.slug < b.slug ? -1 : 1));
  return {
    parks: parks.map((park) => ({
      slug: park.slug,
      name: nameOf(park),
      city: pick(park.cityZh, park.cityEn),
      claimed: park.claimed,
      centres: centres.get(park.id)?.length ?? 0,
    })),
  };
});

export const meta: MetaFunction = () => [
  { title: `${m.catalogue_parks_title()} · ${m.brand()}` },
  { name: 'description', content: m.catalogue_parks_lead() },
];

export default function Parks() {
  const { parks } = useView<typeof loader>();
  return (
    <Page title={m.catalogue_parks_title()} lead={m.catalogue_parks_lead()}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {parks.map((park) => (
          <li key={park.slug} className="card pad grid content-start gap-1.5">
            <h2 className="text-[1.0625rem]">
              <A to={`/parks/${park.slug}`} className="hover:text-accent">
                {park.name}
              </A>
            </h2>
            <p className="muted text-[.875rem]">
              {park.city} ·{' '}
              {park.centres > 0
                ? m.catalogue_park_centres({ count: park.centres })
                : park.claimed
                  ? m.catalogue_park_no_centres()
                  : m.catalogue_unclaimed()}
            </p>
          </li>
        ))}
      </ul>
    </Page>
  );
}
