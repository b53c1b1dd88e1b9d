import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { Submit } from '#app/ui/form.tsx';
import { useFormBack } from '#app/ui/form-answer.tsx';

export const STOCK_FAULTS = { available: m.centre_failed_stock, stale: m.centre_failed_stock_stale };

/** With fewer left than this, the page says so. */
const LOW = 5;

/** How many of a reference material are on the shelf; a manager changes it. */
export function StockForm({ id, name, left, manager }: { id: string; name: string; left: number; manager: boolean }) {
  const back = useFormBack(STOCK_FAULTS, (typed) => typed.intent?.[0] === 'stock' && typed.service?.[0] === id);
  return (
    <>
      {left < LOW && (
        <span className={`chip ${left === 0 ? 'bad' : 'warn'}`}>{left === 0 ? m.centre_stock_none() : m.centre_stock_low()}</span>
      )}
      {manager ? (
        <Form method="post" className="flex items-center gap-2">
          <input type="hidden" name="service" value={id} />
          <input type="hidden" name="shown" value={left} />
          <input
            key={left}
            aria-invalid={back.fault('available') !== undefined || undefined}
            name="available"
            inputMode="numeric"
            maxLength={6}
            defaultValue={back.text('available', String(left))}
            className="control w-20"
            aria-label={`${m.centre_stock()}: ${name}`}
          />
          <Submit name="intent" value="stock" className="btn small">
            {m.centre_stock_save()}
          </Submit>
        </Form>
      ) : (
        <span className="tiny">
          {m.centre_stock()} {left}
        </span>
      )}
    </>
  );
}
