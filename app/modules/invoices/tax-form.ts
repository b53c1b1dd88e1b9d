/** How a centre says it is taxed. A fault is a code; the page has the words. */
import { z } from 'zod';
import { choice, given } from '#app/core/form.ts';

const real = (text: string) => {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
};

export const rateForm = z.object({
  rate: choice(['6', '3', '1', 'exempt']),
  validFrom: given.refine(real, { error: 'day' }),
});
export type RateInput = z.output<typeof rateForm>;

/** What fits between the asterisks and behind them on an invoice. */
const MOST_NAME = 40;
const word = given
  .refine((text) => text !== '', { error: 'required' })
  .refine((text) => text.length <= MOST_NAME, { error: 'too_long' })
  .refine((text) => !/[\p{Cc}*\u202A-\u202E\u2066-\u2069]/u.test(text), { error: 'bad_character' });

export const classForm = z.object({
  family: given,
  /** 税收分类编码: 19 digits, the ends filled with noughts. */
  code: given
    .transform((typed) => typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, ''))
    .refine((code) => code !== '', { error: 'required' })
    .refine((code) => code === '' || /^\d{19}$/.test(code), { error: 'tax_class' }),
  name: word,
  item: word,
});
export type ClassInput = z.output<typeof classForm>;
