/** What a buyer fills in to ask for an invoice. A fault is a code; the page has the words. */
import { z } from 'zod';
import { given, several } from '#app/core/form.ts';

/** So many on one invoice: more is no invoice anybody checks by eye. */
export const MOST_ORDERS = 50;
export const MOST_NOTE = 200;

export type OrdersFault = 'orders_none' | 'orders_too_many' | 'orders_two_centres' | 'orders_unpaid' | 'orders_already' | 'orders_changed';

/** An order with the amount the page showed: `HJ-7K2M-Q9XD:45000`. It is compared, never believed. */
const shownOrder = z.string().transform((sent) => {
  const [, number = '', amount = ''] = /^([\w-]{1,40}):(\d{1,15})$/.exec(sent) ?? [];
  return { number, amount: amount === '' ? -1 : Number(amount) };
});

export const requestForm = z.object({
  title: z.string({ error: 'choose' }).min(1, { error: 'choose' }),
  orders: several.pipe(
    z
      .array(shownOrder)
      .min(1, { error: 'orders_none' satisfies OrdersFault })
      .max(MOST_ORDERS, { error: 'orders_too_many' satisfies OrdersFault }),
  ),
  note: given.refine((text) => text.length <= MOST_NOTE, { error: 'too_long' }),
  submission: given,
});
export type RequestInput = z.output<typeof requestForm>;
