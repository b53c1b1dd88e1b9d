import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { viewOrderInvoice } from '#app/read-models/view-order-invoice.server.ts';
import { Select, Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { kindName, stateName, stateTone } from './words.ts';

export type OrderInvoice = NonNullable<Awaited<ReturnType<typeof viewOrderInvoice>>>;

/** The invoice of an order, on its page: where it stands, or how to get one. */
export function InvoiceOfOrder({ invoice, order }: { invoice: OrderInvoice | null; order: string }) {
  if (!invoice || !(invoice.on || invoice.askable || invoice.choosable)) return null;
  const { on, askable } = invoice;
  return (
    <section className="card pad grid gap-3" id="invoice" aria-labelledby="invoice-title">
      <h2 id="invoice-title">{m.invoices_word()}</h2>
      {on && <OnInvoice on={on} path="/invoices" />}
      {askable && (
        <A to={`/invoices?order=${order}`} className="btn justify-self-start">
          {m.invoices_ask()}
        </A>
      )}
      {invoice.choosable && <Choose invoice={invoice} order={order} />}
    </section>
  );
}

export const OnInvoice = ({ on, path }: { on: NonNullable<OrderInvoice['on']>; path: '/invoices' | '/centre/invoices' }) => (
  <p className="flex flex-wrap items-center gap-2">
    <A to={`${path}/${on.number}`} className="link num whitespace-nowrap">
      {on.number}
    </A>
    <span className={`chip ${stateTone(on.state)}`}>{stateName(on.state)}</span>
  </p>
);

/** Before it is paid: the title it is to be billed to. */
function Choose({ invoice: { titles, chosen }, order }: { invoice: OrderInvoice; order: string }) {
  if (titles.length === 0)
    return (
      <p className="text-[.9375rem]">
        {m.invoices_choose_later()}{' '}
        <A to="/invoices/titles/new" className="link">
          {m.invoices_title_new()}
        </A>
      </p>
    );
  return (
    <Form method="post" action={localePath(`/orders/${order}/invoice`)} className="grid gap-3">
      <Select label={m.invoices_title_word()} hint={m.invoices_choose_hint()} name="title" defaultValue={chosen}>
        <option value="">{m.invoices_choose_none()}</option>
        {titles.map((title) => (
          <option key={title.id} value={title.id}>
            {`${title.name} · ${kindName(title.kind)}`}
          </option>
        ))}
      </Select>
      <Submit className="btn small justify-self-start">{m.invoices_choose_save()}</Submit>
      {chosen !== '' && <p className="tiny">{m.invoices_choose_saved()}</p>}
    </Form>
  );
}
