import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { PricesRead } from '#app/modules/catalogue/prices/import-prices.server.ts';
import { FormError } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { refusalText } from '../scope/scope-words.ts';
import { columnName, priceFault } from './price-words.ts';

/** More are counted: whoever has so many mends them in the table. */
const SHOWN = 200;

/** What a price table did, field by field, or by line what stood in its way. */
export function PricesOutcome({ outcome }: { outcome: PricesRead }) {
  if ('refused' in outcome)
    return (
      <FormError title={m.centre_prices_refused()}>
        {outcome.refused === 'headings'
          ? m.centre_prices_refused_headings()
          : outcome.refused === 'too_large'
            ? m.centre_prices_refused_too_large()
            : refusalText(outcome.refused, outcome.line)}
      </FormError>
    );
  if ('faults' in outcome)
    return (
      <FormError title={m.centre_prices_faults({ count: outcome.faults.length })}>
        <ul className="mt-1 grid list-disc gap-1 pl-5">
          {outcome.faults.slice(0, SHOWN).map(({ line, field, reason }) => (
            <li key={`${line} ${field}`}>
              {m.centre_prices_line({ line, column: columnName(field) })} {priceFault(reason)}
            </li>
          ))}
        </ul>
        {outcome.faults.length > SHOWN && <p>{m.centre_prices_more({ count: outcome.faults.length - SHOWN })}</p>}
      </FormError>
    );
  const { changed, unchanged, left, unread } = outcome;
  return (
    <section className="card pad grid gap-3" role="status">
      <h2>{changed.length === 0 ? m.centre_prices_unchanged() : m.centre_prices_changed({ count: changed.length })}</h2>
      <p className="text-ink-2">
        {m.centre_prices_rest({ unchanged })} {left > 0 && m.centre_prices_left({ left })}
      </p>
      {unread.length > 0 && <p className="text-warn">{m.centre_prices_unread({ columns: unread.join(m.centre_list_comma()) })}</p>}
      {changed.length > 0 && (
        <table className="data stack">
          <thead>
            <tr>
              <th scope="col">{m.centre_column_service()}</th>
              <th scope="col">{m.centre_prices_what()}</th>
            </tr>
          </thead>
          <tbody>
            {changed.slice(0, SHOWN).map(({ id, nameZh, nameEn, changes }) => (
              <tr key={id}>
                <td>
                  <A to={`/centre/services/${id}`} className="link">
                    {pick(nameZh, nameEn) || m.centre_listing_unnamed()}
                  </A>
                </td>
                <td data-label={m.centre_prices_what()}>
                  <span>
                    {changes.map(({ field, from, to }) => (
                      <span key={field} className="block">
                        {columnName(field)}
                        {m.centre_list_colon()}
                        <span className="num">{from || '–'}</span> → <b className="num">{to || '–'}</b>
                      </span>
                    ))}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {changed.length > SHOWN && <p>{m.centre_prices_more({ count: changed.length - SHOWN })}</p>}
    </section>
  );
}
