import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';

/** No service answers the need, or none with these filters: search by words, ask a centre, or be told later. */
export function NothingFound({ item, filtered, ask, wanted }: { item: string; filtered: boolean; ask: string; wanted: string }) {
  return (
    <Empty title={m.catalogue_search_none_title()}>
      <p>{filtered ? m.catalogue_match_filtered_text() : m.catalogue_match_none_text()}</p>
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
