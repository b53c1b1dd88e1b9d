import type { ReactNode } from 'react';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { InvoiceView, RedLetterView } from '#app/read-models/view-invoice.server.ts';
import { lineName } from '#app/ui/bill.tsx';
import { dayTime, megabytes, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { kindName, rateName, redName, redReason, redTone } from './words.ts';

const Row = ({ name, children }: { name: string; children: ReactNode }) => (
  <div className="grid gap-0.5 sm:grid-cols-[8.5em_minmax(0,1fr)] sm:gap-4">
    <dt className="text-[.875rem] text-ink-3">{name}</dt>
    <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
  </div>
);

/** What the invoice is to say at its head, to be read while it is typed elsewhere. */
export function TitleFacts({ title, note }: Pick<InvoiceView, 'title' | 'note'>) {
  return (
    <dl className="grid gap-2.5 text-[.9375rem]">
      <Row name={m.invoices_field_name()}>{title.name}</Row>
      <Row name={m.invoices_field_tax_id()}>
        <span className="num">{title.taxId}</span>
      </Row>
      <Row name={m.invoices_kind()}>{kindName(title.kind)}</Row>
      <Row name={m.invoices_field_email()}>{title.email}</Row>
      {title.address && <Row name={m.invoices_field_address()}>{title.address}</Row>}
      {title.phone && <Row name={m.invoices_field_phone()}>{title.phone}</Row>}
      {title.bank && <Row name={m.invoices_field_bank()}>{title.bank}</Row>}
      {title.account && (
        <Row name={m.invoices_field_account()}>
          <span className="num">{title.account}</span>
        </Row>
      )}
      {note && <Row name={m.invoices_note()}>{note}</Row>}
    </dl>
  );
}

/** Number, day and files, once it is issued. */
export function IssuedFacts({ view }: { view: InvoiceView }) {
  const { number, invoiceNumber, issuedOn, files, usedAt, timeZone } = view;
  return (
    <dl className="grid gap-2.5 text-[.9375rem]">
      <Row name={m.invoices_number()}>
        <span className="num">{invoiceNumber}</span>
      </Row>
      <Row name={m.invoices_issued_on()}>{issuedOn}</Row>
      <Row name={m.invoices_files()}>
        <Files number={number} files={files} />
      </Row>
      {usedAt !== null && <Row name={m.invoices_used()}>{dayTime(usedAt, { timeZone })}</Row>}
    </dl>
  );
}

const Files = ({ number, files }: { number: string; files: InvoiceView['files'] }) => (
  <ul className="grid gap-1">
    {files.map((file) => (
      <li key={file.id}>
        <a
          className="link inline-flex min-h-6 items-center [overflow-wrap:anywhere]"
          href={localePath(`/invoices/${number}/files/${file.id}`)}
          download
        >
          {file.name}
        </a>{' '}
        <span className="tiny">{megabytes(file.size)}</span>
      </li>
    ))}
  </ul>
);

/** `path` of an order's page, for who looks. */
export function Lines({ view, path }: { view: InvoiceView; path: '/orders' | '/centre/orders' }) {
  const { lines, amount, tax } = view;
  const sums: [string, number][] = [
    [m.invoices_net(), amount - tax],
    [m.invoices_tax(), tax],
    [m.invoices_gross(), amount],
  ];
  return (
    <>
      <table className="data stack">
        <thead>
          <tr>
            <th scope="col">{m.invoices_line()}</th>
            <th scope="col">{m.order_word()}</th>
            <th scope="col" className="r">
              {m.invoices_net()}
            </th>
            <th scope="col" className="r">
              {m.invoices_rate()}
            </th>
            <th scope="col" className="r">
              {m.invoices_tax()}
            </th>
            <th scope="col" className="r">
              {m.invoices_gross()}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.flatMap((line) => [
            <tr key={line.orderId} className={line.parts?.length ? 'font-semibold' : undefined}>
              <td>
                <span className="grid [overflow-wrap:anywhere]">
                  {line.className && `*${line.className}*${line.item}`}
                  <span className={line.className ? 'tiny' : ''}>
                    {pick(line.nameZh, line.nameEn)} × {line.quantity}
                  </span>
                  {line.taxClass && <span className="tiny num">{line.taxClass}</span>}
                </span>
              </td>
              <td data-label={m.order_word()}>
                <A to={`${path}/${line.order}`} className="link num whitespace-nowrap">
                  {line.order}
                </A>
              </td>
              <td className="r whitespace-nowrap" data-label={m.invoices_net()}>
                {money(line.net)}
              </td>
              <td className="r whitespace-nowrap" data-label={m.invoices_rate()}>
                {rateName(line.basisPoints)}
              </td>
              <td className="r whitespace-nowrap" data-label={m.invoices_tax()}>
                {money(line.tax)}
              </td>
              <td className="r whitespace-nowrap" data-label={m.invoices_gross()}>
                {money(line.gross)}
              </td>
            </tr>,
            ...(line.parts ?? []).map((part) => <PartRow key={`${line.orderId} ${part.key}`} part={part} line={line} />),
          ])}
        </tbody>
      </table>
      {lines.some(isSpread) && <p className="tiny">{m.invoices_spread()}</p>}
      <dl className="grid justify-end gap-1">
        {sums.map(([name, value]) => (
          <div key={name} className="flex justify-between gap-6 last:font-semibold">
            <dt>{name}</dt>
            <dd className="whitespace-nowrap">{money(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

type Line = InvoiceView['lines'][number];

/** Less is on it than was charged: a discount, or something was given back. */
const isSpread = ({ net, parts = [] }: Line) =>
  parts.length > 0 && parts.reduce((sum, part) => sum + part.quantity * part.unitNet, 0) > net;

/** What was bought for an order: one price line, under the class of its order. */
function PartRow({ part, line }: { part: NonNullable<Line['parts']>[number]; line: Line }) {
  return (
    <tr>
      <td className="md:pl-8!" colSpan={2}>
        <span className="[overflow-wrap:anywhere]">
          {line.className && <span className="tiny">{`*${line.className}*${line.item}`} </span>}
          {lineName({ ...part, quantity: 1 })}
          {part.quantity > 1 && ` × ${part.quantity}`}
        </span>
      </td>
      <td className="r whitespace-nowrap" data-label={m.invoices_net()}>
        {money(part.net)}
      </td>
      <td className="r whitespace-nowrap" data-label={m.invoices_rate()}>
        {rateName(line.basisPoints)}
      </td>
      <td className="r whitespace-nowrap" data-label={m.invoices_tax()}>
        {money(part.tax)}
      </td>
      <td className="r whitespace-nowrap" data-label={m.invoices_gross()}>
        {money(part.gross)}
      </td>
    </tr>
  );
}

/** The red letters of an invoice; `children` draws what may be done with one. */
export function RedLetters({ view, children }: { view: InvoiceView; children: (letter: RedLetterView) => ReactNode }) {
  const { letters, timeZone, number } = view;
  if (letters.length === 0) return null;
  return (
    <section className="card pad grid gap-4" aria-labelledby="red">
      <h2 id="red">{m.invoices_red_title()}</h2>
      <ul className="grid gap-4">
        {letters.map((letter) => (
          <li key={letter.id} className="grid gap-2 border-t border-line pt-3 first:border-0 first:pt-0">
            <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <span className={`chip ${redTone(letter.state)}`}>{redName(letter.state)}</span>
              <span className="font-semibold">−{money(letter.amount)}</span>
              <span className="tiny">{m.invoices_of_it_tax({ amount: money(letter.tax) })}</span>
            </p>
            <p className="tiny">
              {[redReason(letter.reason), letter.order, m.invoices_red_raised_at({ when: dayTime(letter.raisedAt, { timeZone }) })]
                .filter(Boolean)
                .join(' · ')}
              {letter.confirmedAt !== null && ` · ${m.invoices_red_confirmed_at({ when: dayTime(letter.confirmedAt, { timeZone }) })}`}
            </p>
            {letter.until !== null && letter.confirmable && (
              <p className="text-warn">{m.invoices_red_until({ when: dayTime(letter.until, { timeZone }) })}</p>
            )}
            {letter.redNumber && (
              <dl className="grid gap-1 text-[.9375rem]">
                <Row name={m.invoices_red_number()}>
                  <span className="num">{letter.redNumber}</span>
                </Row>
                <Row name={m.invoices_issued_on()}>{letter.issuedOn}</Row>
                <Row name={m.invoices_files()}>
                  <Files number={number} files={letter.files} />
                </Row>
              </dl>
            )}
            {children(letter)}
          </li>
        ))}
      </ul>
    </section>
  );
}
