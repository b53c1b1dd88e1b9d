import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { filterCount, filterParams, type Order, PAGE_SIZE, WORD_ORDERS } from '#app/modules/catalogue/facets.ts';
import { findByWords } from '#app/modules/catalogue/find-by-words.server.ts';
import { isTidy, readBounds, readFilters } from '#app/modules/catalogue/search-query.ts';
import { Bounds } from '#app/ui/bounds.tsx';
import { CompareBar, Facets, Pages, Sorts } from '#app/ui/facets.tsx';
import { A } from '#app/ui/link.tsx';
import { Drawn, Empty } from '#app/ui/page.tsx';
import { drawnService } from './drawn-offer.server.tsx';
import { facetGroups, filterProblems } from './facet-groups.server.ts';
import { orderNames } from './orders.ts';
import { startsOf } from './starts.server.ts';
import { needPath, wordsView } from './understood.server.ts';
import { Otherwise, Understood } from './understood.tsx';

export const loader = serve(async ({ request, services }) => {
  const filters = readFilters(new URL(request.url).searchParams, WORD_ORDERS);
  const { bounds, problems } = readBounds(filters);
  const clean = filterParams(filters, { page: filters.page });
  if (!isTidy(new URL(request.url).searchParams, clean)) throw redirectTo(`/search?${clean}`);
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const tooLong = problems.includes('words_too_long');
  const asked = findByWords(catalogue, scopes.vocabulary, {
    words: tooLong ? '' : filters.words,
    facets: filters.facets,
    ...bounds,
    sort: filters.order as Exclude<Order, 'distance'>,
    offset: (filters.page - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  });
  const { found } = asked;
  const pages = Math.max(1, Math.ceil(found.total / PAGE_SIZE));
  if (filters.page > pages) throw redirectTo(`/search?${filterParams(filters, { page: pages })}`);
  const cards = found.ids.map((id) => catalogue.services.get(id)).filter((card) => card !== undefined);
  const starts = await startsOf(services, catalogue, cards);
  return {
    filters,
    problems: filterProblems(problems),
    total: found.total,
    understood: wordsView(asked, filters.words, { catalogue, scopes }),
    nearest: asked.instead,
    meant: asked.meant
      .filter(({ to }) => !asked.instead?.changed.some((one) => one.to === to))
      .map(({ to, words }) => ({ text: to, to: `/search?${filterParams(filters, { words })}` })),
    nothing: asked.nothing,
    need: needPath(filters.words),
    wanted: `/wanted?search=words&${clean}`,
    ask: `/enquiries/new?search=words&${clean}`,
    pages,
    groups: facetGroups(catalogue, found.counts, filters),
    offers: cards.map((card) => drawnService(card, starts.get(card.id))),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: `${data?.filters.words ? m.catalogue_search_title_words({ words: data.filters.words.slice(0, 60) }) : m.catalogue_search_title()} · ${m.brand()}`,
  },
  { name: 'description', content: m.catalogue_home_meta() },
];

export default function Search() {
  const { filters, problems, total, understood, nearest, meant, nothing, need, wanted, ask, pages, groups, offers } =
    useView<typeof loader>();
  const to = (change: Parameters<typeof filterParams>[1]) => `/search?${filterParams(filters, change)}`;
  const kept: [string, string][] = [];
  if (filters.words) kept.push(['q', filters.words]);
  if (filters.order !== 'fit') kept.push(['sort', filters.order]);
  return (
    <div className="wrap page">
      <h1 className="visually-hidden">
        {filters.words ? m.catalogue_search_title_words({ words: filters.words }) : m.catalogue_search_title()}
      </h1>
      <Form
        action={localePath('/search')}
        method="get"
        className="card flex flex-wrap items-center gap-3 p-4"
        role="search"
        key={filters.words}
      >
        <input
          className="control min-w-0 flex-1 basis-64"
          type="search"
          name="q"
          defaultValue={filters.words}
          placeholder={m.catalogue_search_placeholder()}
          aria-label={m.catalogue_search_label()}
          maxLength={201}
        />
        {[...filterParams({ ...filters, words: '' })].map(([name, value]) => (
          <input key={name + value} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" className="btn go">
          {m.catalogue_search_submit()}
        </button>
        <A to="/match" className="btn quiet">
          {m.catalogue_need_instead()}
        </A>
      </Form>
      {problems.length > 0 && (
        <div role="alert" className="rounded-field border border-seal/40 bg-seal-soft px-4 py-3">
          {problems.map((text) => (
            <p key={text}>{text}</p>
          ))}
        </div>
      )}
      {understood && <Understood view={understood} />}
      {nearest && offers.length > 0 && (
        <section role="status" className="card grid gap-2 px-5 py-4">
          <h2>{m.catalogue_nearest_title()}</h2>
          {nearest.changed.map((change) => (
            <p key={change.from}>{m.catalogue_nearest_changed(change)}</p>
          ))}
          {nearest.dropped.length > 0 && <p>{m.catalogue_nearest_dropped({ words: nearest.dropped.join(m.catalogue_list_comma()) })}</p>}
          <Otherwise meant={meant} need={need} ask={ask} wanted={wanted} />
        </section>
      )}
      <div className="finder">
        <Facets
          action="/search"
          kept={kept}
          groups={groups}
          count={filterCount(filters)}
          clear={filters.words ? `/search?q=${encodeURIComponent(filters.words)}` : '/search'}
        >
          <Bounds priceMin={filters.priceMin} priceMax={filters.priceMax} before={filters.before} />
        </Facets>
        <section className="offers" aria-label={m.catalogue_results()}>
          <div className="flex flex-wrap items-center justify-between gap-x-6">
            <h2 aria-live="polite">{m.catalogue_search_count({ count: total })}</h2>
            <Sorts orders={orderNames(WORD_ORDERS)} current={filters.order} to={(order) => to({ order: order as Order })} />
          </div>
          {offers.length === 0 && (
            <Empty title={m.catalogue_search_none_title()}>
              {nothing ? (
                <>
                  <p>{m.catalogue_search_none_offers()}</p>
                  <Otherwise meant={meant} need={need} ask={ask} wanted={wanted} />
                </>
              ) : (
                <p>{m.catalogue_search_none_text()}</p>
              )}
              <A to="/search" className="btn quiet">
                {m.catalogue_search_none_reset()}
              </A>
            </Empty>
          )}
          <Drawn markup={offers} />
          <Pages page={filters.page} pages={pages} to={(page) => to({ page })} />
          <CompareBar need={[]} />
        </section>
      </div>
    </div>
  );
}
