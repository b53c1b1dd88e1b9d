import { Form } from '@remix-run/react';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_NOTE } from '#app/modules/invoices/request-form.ts';
import type { listBuyerInvoices } from '#app/read-models/list-buyer-invoices.server.ts';
import { Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { date, integer, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { kindName, REQUEST_FAULTS } from './words.ts';

type List = Awaited<ReturnType<typeof listBuyerInvoices>>;
type Offered = List['offered'][number];

/** Orders to tick, of one centre, and the title they are billed to. `order`: the one whose page the visitor came from. */
export function RequestForm({
  offered,
  more,
  titles,
  order,
  submission,
}: Pick<List, 'offered' | 'more' | 'titles'> & { order: string; submission: string }) {
  const back = useFormBack(REQUEST_FAULTS);
  if (offered.length === 0 && !back.refused)
    return (
      <Empty title={m.invoices_nothing_title()}>
        <p>{m.invoices_nothing_text()}</p>
      </Empty>
    );
  // What was ticked stays so, whatever its amount was then.
  const ticked = back.list('orders', order ? [`${order}:`] : []).map((value) => value.split(':')[0]);
  const groups = Map.groupBy(offered, ({ centreId }) => centreId);
  const only = titles.length === 1 ? (titles[0]?.id ?? '') : '';
  return (
    <Form method="post" className="card pad grid gap-5">
      <h2>{m.invoices_ask_title()}</h2>
      <FormTrouble back={back} />
      <input type="hidden" name="submission" value={back.text('submission', submission)} />
      {[...groups].map(([centreId, orders]) => (
        <Orders
          key={centreId}
          orders={orders}
          ticked={ticked}
          open={groups.size === 1 || orders.some(({ number }) => ticked.includes(number))}
          described={back.fault('orders') ? 'orders-error' : undefined}
        />
      ))}
      {back.fault('orders') && (
        <p id="orders-error" className="error-text">
          {back.errors('orders').errors}
        </p>
      )}
      {more && <p className="tiny">{m.invoices_more_orders()}</p>}
      {titles.length === 0 ? (
        <p>
          {m.invoices_no_title()}{' '}
          <A to={`/invoices/titles/new${order ? `?order=${encodeURIComponent(order)}` : ''}`} className="link">
            {m.invoices_title_new()}
          </A>
        </p>
      ) : (
        <>
          <div className="grid items-start gap-4 sm:grid-cols-2">
            <Select label={m.invoices_title_word()} name="title" required defaultValue={back.text('title', only)} {...back.errors('title')}>
              <option value="">{m.invoices_choose_title()}</option>
              {titles.map((title) => (
                <option key={title.id} value={title.id}>
                  {`${title.name} · ${kindName(title.kind)} · ${title.taxId}`}
                </option>
              ))}
            </Select>
            <TextField
              label={m.invoices_note()}
              hint={m.invoices_note_hint()}
              name="note"
              maxLength={MOST_NOTE}
              defaultValue={back.text('note')}
              {...back.errors('note')}
            />
          </div>
          <p className="tiny">{m.invoices_ask_hint()}</p>
          <Submit className="btn go justify-self-start">{m.invoices_ask()}</Submit>
        </>
      )}
    </Form>
  );
}

interface OrdersProps {
  orders: Offered[];
  ticked: (string | undefined)[];
  open: boolean;
  described: string | undefined;
}

/** Of one centre, folded while nothing of it is ticked: a buyer of many centres sees their names first. */
function Orders({ orders, ticked, open, described }: OrdersProps) {
  const [first] = orders;
  const centre = first ? pick(first.centre.nameZh, first.centre.nameEn) : '';
  return (
    <details open={open} className="border-t border-line pt-2">
      <summary className="min-h-11 cursor-pointer py-2 font-semibold">
        {centre} <span className="chip ml-1">{integer(orders.length)}</span>
      </summary>
      <fieldset className="grid gap-1" aria-describedby={described}>
        <legend className="sr-only">{centre}</legend>
        {orders.map((order) => (
          <label key={order.number} className="flex min-h-11 items-start gap-3 py-2">
            <input
              type="checkbox"
              name="orders"
              value={`${order.number}:${order.left}`}
              defaultChecked={ticked.includes(order.number)}
              className="mt-1 size-5 shrink-0"
            />
            <span className="flex min-w-0 flex-1 flex-wrap justify-between gap-x-4">
              <span className="min-w-0">
                <span className="num whitespace-nowrap">{order.number}</span> {pick(order.service.nameZh, order.service.nameEn)}
                <span className="tiny block">
                  {date(order.startAt, { timeZone: order.timeZone })}
                  {order.refunded > 0 && ` · ${m.invoices_less_refund({ amount: money(order.refunded) })}`}
                </span>
              </span>
              <span className="whitespace-nowrap">{money(order.left)}</span>
            </span>
          </label>
        ))}
      </fieldset>
    </details>
  );
}
