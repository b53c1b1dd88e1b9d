import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';

/** No service answers the need, or none with these filters: search by words, ask a centre, or be told later. */
type Counts = {
  fitCentres: number;
  openCentres: number;
  nearCentres: number;
  unlistedCentres: number;
  unlistedFit: boolean;
  others: unknown[];
};

/** How many centres fit, and how many do so only if somebody confirms it: these are not called a fit. */
export function countText(found: Counts): string {
  const { fitCentres: fit, openCentres: open, nearCentres: near, unlistedCentres: count, unlistedFit, others } = found;
  if (fit > 0) return open > 0 ? m.catalogue_match_count_both({ fit, open, near }) : m.catalogue_match_count({ fit, near });
  if (open > 0) return m.catalogue_match_count_open({ fit: open, near });
  if (near > 0) return m.catalogue_match_count_none({ near });
  if (count === 0) return others.length > 0 ? m.catalogue_match_none_family_title() : m.catalogue_match_none_title();
  return unlistedFit ? m.catalogue_unlisted_count({ count }) : m.catalogue_unlisted_count_open({ count });
}

const WHY = {
  filtered: m.catalogue_match_filtered_text,
  family: m.catalogue_match_none_family,
  range: m.catalogue_match_none_text,
};

export function NothingFound({ item, why, ask, wanted }: { item: string; why: keyof typeof WHY; ask: string; wanted: string }) {
  return (
    <Empty title={m.catalogue_search_none_title()}>
      <p>{WHY[why]()}</p>
      <A to={`/search?q=${encodeURIComponent(item)}`} className="btn">
        {m.catalogue_need_words_instead()}
      </A>
      <p className="flex flex-wrap gap-2">
        <A to={ask} className="btn">
          {m.enquiries_button()}
        </A>
        <A to={wanted} className="btn">
          {m.catalogue_tell_me()}
        </A>
      </p>
    </Empty>
  );
}
