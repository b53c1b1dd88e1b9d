import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { PricesRead } from '#app/modules/catalogue/prices/import-prices.server.ts';
import type { PriceField } from '#app/modules/catalogue/prices/price-table.ts';
import { FormError } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { refusalText } from '../scope/scope-words.ts';
import { columnName, priceFault, priceText } from './price-words.ts';

/** More are counted: whoever has so many mends them in the table. */
const SHOWN = 200;

const namesOf = (list: readonly { nameZh: string; nameEn: string }[]): string => {
  const names = list.slice(0, SHOWN).map(({ nameZh, nameEn }) => pick(nameZh, nameEn) || m.centre_listing_unnamed());
  return (
    names.join(m.centre_list_comma()) +
    (list.length > SHOWN ? m.centre_list_comma() + m.centre_prices_more({ count: list.length - SHOWN }) : '')
  );
};

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
          {outcome.faults.slice(0, SHOWN).map(({ line, field, reason, stale }) => (
            <li key={`${line} ${field}`}>
              {m.centre_prices_line({ line, column: columnName(field) })}{' '}
              {stale
                ? m.centre_prices_fault_stale({
                    was: priceText(field as PriceField, stale.was),
                    typed: priceText(field as PriceField, stale.typed),
                    now: priceText(field as PriceField, stale.now),
                  })
                : priceFault(reason)}
            </li>
          ))}
        </ul>
        {outcome.faults.some(({ stale }) => stale) && <p className="mt-2">{m.centre_prices_stale_next()}</p>}
        {outcome.faults.length > SHOWN && <p>{m.centre_prices_more({ count: outcome.faults.length - SHOWN })}</p>}
      </FormError>
    );
  const { changed, unchanged, kept, unsure, left, unread } = outcome;
  return (
    <section className="card pad grid gap-3" role="status">
      <h2>{changed.length === 0 ? m.centre_prices_unchanged() : m.centre_prices_changed({ count: changed.length })}</h2>
      <p className="text-ink-2">
        {m.centre_prices_rest({ unchanged: unchanged.length })} {left > 0 && m.centre_prices_left({ left })}
      </p>
      {kept.length > 0 && <p className="text-warn">{m.centre_prices_kept({ count: kept.length, names: namesOf(kept) })}</p>}
      {unsure > 0 && <p className="text-warn">{m.centre_prices_unsure({ count: unsure })}</p>}
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
                        <span className="num">{priceText(field, from)}</span> → <b className="num">{priceText(field, to)}</b>
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
      {unchanged.length > 0 && (
        <details>
          <summary className="link">{m.centre_prices_unchanged_which({ count: unchanged.length })}</summary>
          <p className="mt-2 text-ink-2">{namesOf(unchanged)}</p>
        </details>
      )}
    </section>
  );
}
