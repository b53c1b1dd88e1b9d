import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { Submit } from '#app/ui/form.tsx';

/** Fewer left than this is worth a word. */
const LOW = 5;

/** How many of a reference material are on the shelf; a manager changes it. */
export function StockForm({ id, name, left, manager }: { id: string; name: string; left: number; manager: boolean }) {
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
            name="available"
            inputMode="numeric"
            maxLength={6}
            defaultValue={left}
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
