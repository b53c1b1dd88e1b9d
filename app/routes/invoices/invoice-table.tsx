import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { dayTime, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import type { InvoiceState, TitleAsked } from '#db/schema/invoices.ts';
import { kindName, stateName, stateTone } from './words.ts';

interface InvoiceRow {
  id: string;
  number: string;
  titleName: string;
  kind: TitleAsked['kind'];
  createdAt: number;
  state: InvoiceState;
  letters: number;
  amount: number;
  timeZone: string;
  /** The other side. */
  party: { nameZh: string; nameEn: string };
  /** Where the list says what was issued. */
  issued?: { number: string | null; on: string | null };
}

/** Requests and invoices, as either side lists them. `path` of their pages. */
export function InvoiceTable({ invoices, path }: { invoices: InvoiceRow[]; path: '/invoices' | '/centre/invoices' }) {
  const withNumber = invoices.some(({ issued }) => issued);
  return (
    <div className="card pad">
      <table className="data stack">
        <thead>
          <tr>
            <th scope="col">{m.invoices_request()}</th>
            <th scope="col">{m.invoices_title_word()}</th>
            <th scope="col">{m.invoices_asked_at()}</th>
            <th scope="col">{m.invoices_state()}</th>
            {withNumber && <th scope="col">{m.invoices_number()}</th>}
            <th scope="col" className="r">
              {m.invoices_amount()}
            </th>
          </tr>
        </thead>
        <tbody>
          {invoices.map((one) => (
            <tr key={one.id}>
              <td>
                <span className="grid">
                  <A to={`${path}/${one.number}`} className="link num whitespace-nowrap">
                    {one.number}
                  </A>
                  <span className="tiny">{pick(one.party.nameZh, one.party.nameEn)}</span>
                </span>
              </td>
              <td data-label={m.invoices_title_word()}>
                <span className="grid [overflow-wrap:anywhere]">
                  {one.titleName}
                  <span className="tiny">{kindName(one.kind)}</span>
                </span>
              </td>
              <td data-label={m.invoices_asked_at()}>{dayTime(one.createdAt, { timeZone: one.timeZone })}</td>
              <td data-label={m.invoices_state()}>
                <span className="flex flex-wrap gap-1">
                  <span className={`chip ${stateTone(one.state)}`}>{stateName(one.state)}</span>
                  {one.letters > 0 && <span className="chip warn">{m.invoices_red_waiting()}</span>}
                </span>
              </td>
              {withNumber && (
                <td data-label={m.invoices_number()}>
                  <span className="grid">
                    <span className="num [overflow-wrap:anywhere]">{one.issued?.number ?? '–'}</span>
                    {one.issued?.on && <span className="tiny">{one.issued.on}</span>}
                  </span>
                </td>
              )}
              <td className="r" data-label={m.invoices_amount()}>
                {money(one.amount)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
