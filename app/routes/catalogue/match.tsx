import type { MetaFunction } from '@remix-run/node';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { filterCount, filterParams, NEED_ORDERS, type Order } from '#app/modules/catalogue/facets.ts';
import { findByNeed } from '#app/modules/catalogue/find-by-need.server.ts';
import { isBlank, needParams, needText } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary, readingBy } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { placesOf } from '#app/modules/catalogue/read-sentence.server.ts';
import { isTidy, readBounds, readFilters } from '#app/modules/catalogue/search-query.ts';
import { facetsOf, spreadItem } from '#app/modules/catalogue/spread-item.server.ts';
import { Bounds } from '#app/ui/bounds.tsx';
import { CompareBar, Facets, Pages, Sorts } from '#app/ui/facets.tsx';
import { A } from '#app/ui/link.tsx';
import { Offer } from '#app/ui/offer.tsx';
import { Empty } from '#app/ui/page.tsx';
import { facetGroups, filterProblems } from './facet-groups.server.ts';
import { NeedSentence, needInShort } from './need-sentence.tsx';
import { countText, NothingFound } from './nothing-found.tsx';
import { needOfferView, unlistedView } from './offers.server.ts';
import { orderNames } from './orders.ts';
import { inPageLanguage, sentenceFrame, suggestions, troublesOf } from './sentence.server.tsx';
import { startsOf } from './starts.server.ts';
import { notesOf, readingView } from './understood.server.ts';
import { Notes, Understood } from './understood.tsx';
import { Unlisted } from './unlisted.tsx';
import { familyName } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const params = new URL(request.url).searchParams;
  const typed = needText(params);
  const read = readFilters(params, NEED_ORDERS);
  // The family is a hole of the sentence here, not a filter; words there are none.
  const { family: _, ...facets } = read.facets;
  const given = { ...read, words: '', facets };
  const clean = new URLSearchParams([...needParams(typed), ...filterParams(given, { page: given.page })]);
  if (!isTidy(params, clean)) throw redirectTo(`/match?${clean}`);
  const [catalogue, scopes] = await Promise.all([services.catalogue.current(), services.scopes.current()]);
  const { text, reading } = spreadItem(typed, scopes.vocabulary, placesOf(catalogue.cities()), readingBy(scopes));
  const filters = reading ? { ...given, facets: { ...facetsOf(reading), ...given.facets } } : given;
  const now = services.clock();
  const frame = sentenceFrame(catalogue, scopes, now);
  const blank = isBlank(text);
  const asked = readNeed(text, needVocabulary(catalogue, scopes, now));
  const { bounds, problems } = readBounds(filters);
  const shownText = inPageLanguage(scopes, text);
  const waits = `search=need&${new URLSearchParams([...needParams(text), ...filterParams(filters)])}`;
  const base = {
    text: shownText,
    frame,
    filters,
    blank,
    problems: filterProblems(problems),
    notes: notesOf(asked, text),
    understood: reading && readingView(reading, shownText, { catalogue, scopes }),
    wanted: `/wanted?${waits}`,
    ask: `/enquiries/new?${waits}`,
  };
  if (blank || !asked.need)
    return {
      ...base,
      troubles: blank ? [] : troublesOf(asked, text),
      like: asked.problems.item === 'item_unknown' ? suggestions(scopes, text.item) : [],
      found: null,
    };
  const result = findByNeed(
    { catalogue, scopes },
    { need: asked.need, pieces: asked.pieces, family: asked.family, place: asked.place, filters, bounds },
  );
  const shown = [...result.offers, ...result.near];
  const starts = await startsOf(
    services,
    catalogue,
    shown.map((offer) => offer.service),
    { quantity: asked.pieces, from: asked.from },
  );
  const carried = new URLSearchParams(needParams(text));
  if (asked.pieces > 1) carried.set('quantity', String(asked.pieces));
  const view = (offer: (typeof shown)[number]) =>
    needOfferView(
      offer,
      scopes,
      { need: asked.need as NonNullable<typeof asked.need>, text },
      { pieces: asked.pieces, starts, query: `?${carried}` },
    );
  return {
    ...base,
    troubles: [],
    like: [],
    found: {
      offers: result.offers.map(view),
      near: result.near.map(view),
      unlisted: result.unlisted.flatMap((match) => unlistedView(match, catalogue, text)),
      nearUnlisted: result.nearUnlisted.flatMap((match) => unlistedView(match, catalogue, text)),
      unlistedCentres: new Set(result.unlisted.map(({ centreId }) => centreId)).size,
      total: result.total,
      page: result.page,
      pages: result.pages,
      fitCentres: result.fitCentres,
      openCentres: result.openCentres,
      unlistedFit: result.unlisted.some(({ verdict }) => verdict === 'fits'),
      nearCentres: result.nearCentres,
      groups: facetGroups(catalogue, result.counts, filters, ['family']),
      others: [...result.otherFamilies].map(([family, count]) => ({
        family,
        text: m.catalogue_match_other_family({ count, family: familyName(family) }),
      })),
    },
  };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  {
    title: `${data?.text.item ? m.catalogue_match_title_item({ item: data.text.item.slice(0, 60) }) : m.catalogue_match_title()} · ${m.brand()}`,
  },
  { name: 'description', content: m.catalogue_home_meta() },
];

export default function Match() {
  const { text, frame, filters, blank, problems, notes, understood, wanted, ask, troubles, like, found } = useView<typeof loader>();
  const needPairs = [...needParams(text)];
  const filterPairs = [...filterParams(filters)];
  const address = (change: Parameters<typeof filterParams>[1]) =>
    `/match?${new URLSearchParams([...needPairs, ...filterParams(filters, change)])}`;
  const sortPair: [string, string][] = filters.order === 'fit' ? [] : [['sort', filters.order]];
  return (
    <div className="wrap page">
      <h1 className="visually-hidden">{text.item ? m.catalogue_match_title_item({ item: text.item }) : m.catalogue_match_title()}</h1>
      <details className="card phone-fold" open={!found}>
        <summary className="cursor-pointer px-5 py-3">
          <span className="flex min-h-6 flex-wrap items-center justify-between gap-x-4">
            <span className="font-semibold">{needInShort(text)}</span>
            <span className="link">{m.catalogue_need_change()}</span>
          </span>
        </summary>
        <div className="p-5">
          <NeedSentence text={text} troubles={troubles} {...frame} kept={filterPairs}>
            <A to="/search" className="btn quiet">
              {m.catalogue_need_words_instead()}
            </A>
            {like.length > 0 && (
              <p className="tiny flex flex-wrap gap-x-3">
                {m.catalogue_need_suggest()}
                {like.map((item) => (
                  <A key={item} to={`/match?${needParams(text, { item })}`} className="link">
                    {item}
                  </A>
                ))}
              </p>
            )}
          </NeedSentence>
        </div>
      </details>
      {understood && <Understood view={understood} />}
      <Notes notes={notes} />
      {problems.length > 0 && (
        <div role="alert" className="rounded-field border border-seal/40 bg-seal-soft px-4 py-3">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
      {!found && (
        <Empty title={blank ? m.catalogue_match_blank() : m.catalogue_match_invalid_title()}>
          <p>{blank ? m.catalogue_match_blank_text() : m.catalogue_match_invalid_text()}</p>
          {troubles.some(({ field }) => field === 'item') && (
            <p className="flex flex-wrap gap-2">
              <A to={ask} className="btn">
                {m.enquiries_button()}
              </A>
              <A to={wanted} className="btn">
                {m.catalogue_tell_me()}
              </A>
            </p>
          )}
        </Empty>
      )}
      {found && (
        <div className="finder">
          <Facets
            action="/match"
            kept={[...needPairs, ...sortPair]}
            groups={found.groups}
            count={filterCount(filters)}
            clear={`/match?${new URLSearchParams(needPairs)}`}
          >
            <Bounds priceMin={filters.priceMin} priceMax={filters.priceMax} before={filters.before} />
          </Facets>
          <section className="offers" aria-label={m.catalogue_results()}>
            <div className="flex flex-wrap items-center justify-between gap-x-6">
              <h2 aria-live="polite">{countText(found)}</h2>
              <Sorts
                orders={orderNames(NEED_ORDERS.filter((order) => order !== 'distance' || text.place))}
                current={filters.order}
                to={(order) => address({ order: order as Order })}
              />
            </div>
            {found.total === 0 && found.near.length === 0 && (filterCount(filters) > 0 || found.unlisted.length === 0) && (
              <NothingFound
                item={text.item}
                why={filterCount(filters) > 0 ? 'filtered' : found.others.length > 0 ? 'family' : 'range'}
                ask={ask}
                wanted={wanted}
              />
            )}
            {found.others.map(({ family, text: words }) => (
              <A key={family} to={`/match?${needParams(text, { family })}`} className="link justify-self-start">
                {words}
              </A>
            ))}
            {found.offers.map((offer) => (
              <Offer key={offer.id} offer={offer} picked={false} />
            ))}
            <Pages page={found.page} pages={found.pages} to={(page) => address({ page })} />
            {found.near.length > 0 && (
              <div className="mt-3 flex flex-wrap items-center justify-between gap-3">
                <h2>{m.catalogue_match_near_title()}</h2>
                {found.total === 0 && (
                  <A to={ask} className="btn small">
                    {m.enquiries_button()}
                  </A>
                )}
              </div>
            )}
            {found.near.map((offer) => (
              <Offer key={offer.id} offer={offer} picked={false} />
            ))}
            <Unlisted rows={found.unlisted} how={found.unlistedFit ? 'fits' : 'open'} wanted={wanted} ask={ask} />
            <Unlisted rows={found.nearUnlisted} how="near" wanted={wanted} ask={ask} />
            {found.offers.length + found.near.length + found.unlisted.length > 0 && <p className="tiny">{m.capability_floor()}</p>}
            <CompareBar need={needPairs as [string, string][]} />
          </section>
        </div>
      )}
    </div>
  );
}
