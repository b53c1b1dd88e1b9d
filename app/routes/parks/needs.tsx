import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { listParkNeeds, MOST_NEEDS } from '#app/read-models/list-park-needs.server.ts';
import { Pages } from '#app/ui/facets.tsx';
import { GAP, integer } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';

const PER_PAGE = 50;

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'park'));
  const { instruments, looked } = await listParkNeeds(services, actor);
  const pages = Math.max(1, Math.ceil(instruments.length / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(new URL(request.url).searchParams.get('page'))) || 1));
  return {
    page,
    pages,
    most: looked === MOST_NEEDS ? MOST_NEEDS : null,
    rows: instruments.slice((page - 1) * PER_PAGE, page * PER_PAGE).map(({ instrument, nearest, unlisted, ...counts }) => ({
      ...counts,
      name: instrument ? pick(instrument.zh, instrument.en || instrument.zh) : m.parks_needs_unknown(),
      unlisted: unlisted.map((centre) => ({ slug: centre.slug, name: pick(centre.nameZh, centre.nameEn) })),
      nearest: nearest && {
        slug: nearest.centre.slug,
        name: pick(nearest.centre.nameZh, nearest.centre.nameEn),
        place: [pick(nearest.centre.cityZh, nearest.centre.cityEn), nearest.km === null ? '' : `${integer(Math.round(nearest.km))}${GAP}km`]
          .filter(Boolean)
          .join(' · '),
      },
    })),
  };
});

export const meta: MetaFunction = () => [{ title: `${m.parks_needs_title()} · ${m.brand()}` }];

export default function ParkNeeds() {
  const { page, pages, most, rows } = useView<typeof loader>();
  return (
    <Page
      title={m.parks_needs_title()}
      lead={m.parks_needs_lead()}
      crumbs={[{ to: '/park', label: m.parks_utilization() }, { label: m.parks_needs_title() }]}
    >
      {rows.length === 0 ? (
        <Empty title={m.parks_needs_none_title()}>
          <p>{m.parks_needs_none_text()}</p>
        </Empty>
      ) : (
        <section className="card pad grid gap-2">
          {most !== null && <p className="tiny">{m.parks_needs_most({ count: most })}</p>}
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.parks_needs_instrument()}</th>
                <th scope="col" className="r">
                  {m.parks_needs_count()}
                </th>
                <th scope="col" className="r">
                  {m.parks_needs_of_firms()}
                </th>
                <th scope="col" className="r">
                  {m.parks_needs_waiting()}
                </th>
                <th scope="col">{m.parks_needs_unlisted()}</th>
                <th scope="col">{m.parks_needs_nearest()}</th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <td className="font-semibold">{row.name}</td>
                  <td className="r" data-label={m.parks_needs_count()}>
                    {integer(row.count)}
                  </td>
                  <td className="r" data-label={m.parks_needs_of_firms()}>
                    {integer(row.ofFirms)}
                  </td>
                  <td className="r" data-label={m.parks_needs_waiting()}>
                    {integer(row.waiting)}
                  </td>
                  <td data-label={m.parks_needs_unlisted()}>
                    {row.unlisted.length === 0 ? (
                      '–'
                    ) : (
                      <ul className="grid gap-1">
                        {row.unlisted.map((centre) => (
                          <li key={centre.slug}>
                            <A to={`/centres/${centre.slug}`} className="link">
                              {centre.name}
                            </A>
                          </li>
                        ))}
                      </ul>
                    )}
                  </td>
                  <td data-label={m.parks_needs_nearest()}>
                    {row.nearest ? (
                      <span>
                        <A to={`/centres/${row.nearest.slug}`} className="link">
                          {row.nearest.name}
                        </A>{' '}
                        <span className="tiny">{row.nearest.place}</span>
                      </span>
                    ) : (
                      m.parks_needs_nobody()
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <Pages page={page} pages={pages} to={(wanted) => `/park/needs?page=${wanted}`} />
    </Page>
  );
}
