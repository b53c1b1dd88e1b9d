import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import type { UnlistedView } from './offers.server.ts';

const SAID = {
  fits: { title: m.catalogue_unlisted_title, text: m.catalogue_unlisted_text },
  open: { title: m.catalogue_unlisted_title_open, text: m.catalogue_unlisted_text_open },
  near: { title: m.catalogue_unlisted_title_near, text: m.catalogue_unlisted_text_near },
};
type Props = { rows: UnlistedView[]; how: keyof typeof SAID; wanted: string; ask: string };

/**
 * Centres that can measure what is asked and have no service to book for it. `open`: none of them fits without something to be confirmed;
 * `near`: none fits, these miss by least.
 */
export function Unlisted({ rows, how, wanted, ask }: Props) {
  if (rows.length === 0) return null;
  return (
    <section className="card pad grid gap-4" aria-labelledby="unlisted">
      <div className="grid gap-1">
        <h2 id="unlisted">{SAID[how].title()}</h2>
        <p className="text-ink-2">{SAID[how].text()}</p>
      </div>
      <ul className="grid gap-4">
        {rows.map(({ key, centre, slug, to, what, why }) => (
          <li key={key} className="grid gap-1 border-line border-t pt-3">
            <h3 className="break-words">{centre}</h3>
            <p>{what}</p>
            <ul className="tiny grid gap-0.5">
              {why.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
            <p className="flex flex-wrap gap-x-4 gap-y-1">
              {slug && (
                <A to={`${ask}&centre=${slug}`} className="link" aria-label={`${centre}: ${m.enquiries_button()}`}>
                  {m.enquiries_button()}
                </A>
              )}
              <A to={to} className="link" aria-label={`${centre}: ${m.catalogue_unlisted_centre()}`}>
                {m.catalogue_unlisted_centre()}
              </A>
            </p>
          </li>
        ))}
      </ul>
      {/* Of near misses the buttons stand above, where it says that nothing was found. */}
      {how !== 'near' && (
        <p className="flex flex-wrap gap-2">
          {rows.some(({ slug }) => slug) && (
            <A to={ask} className="btn go">
              {m.enquiries_button_selected()}
            </A>
          )}
          <A to={wanted} className="btn">
            {m.catalogue_unlisted_tell()}
          </A>
        </p>
      )}
    </section>
  );
}
