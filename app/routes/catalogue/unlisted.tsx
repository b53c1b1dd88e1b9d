import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';
import type { UnlistedView } from './offers.server.ts';

/** Centres that can measure what is asked and have no service to book for it. */
export function Unlisted({ rows, wanted }: { rows: UnlistedView[]; wanted: string }) {
  if (rows.length === 0) return null;
  return (
    <section className="card pad grid gap-4" aria-labelledby="unlisted">
      <div className="grid gap-1">
        <h2 id="unlisted">{m.catalogue_unlisted_title()}</h2>
        <p className="text-ink-2">{m.catalogue_unlisted_text()}</p>
      </div>
      <ul className="grid gap-4">
        {rows.map(({ key, centre, to, what, why }) => (
          <li key={key} className="grid gap-1 border-line border-t pt-3">
            <h3 className="break-words">{centre}</h3>
            <p>{what}</p>
            <ul className="tiny grid gap-0.5">
              {why.map(({ text }) => (
                <li key={text}>{text}</li>
              ))}
            </ul>
            <A to={to} className="link justify-self-start" aria-label={`${centre}: ${m.catalogue_unlisted_centre()}`}>
              {m.catalogue_unlisted_centre()}
            </A>
          </li>
        ))}
      </ul>
      <A to={wanted} className="btn justify-self-start">
        {m.catalogue_unlisted_tell()}
      </A>
    </section>
  );
}
