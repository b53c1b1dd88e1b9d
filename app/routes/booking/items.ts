import { MOST_ITEMS } from '#app/modules/orders/booking-form.ts';
import { isBlank, type Row, serialsOf } from './typed.ts';

/**
 * One item per piece. A single row stands for all pieces: those beyond its serial numbers have none yet.
 * @returns beside each item the row it was typed in, so that what is wrong with it is said there
 */
export function itemsOf(rows: readonly Row[], quantity: number) {
  const filled = rows.flatMap((row, index) => (isBlank(row) ? [] : [{ ...row, index, serials: serialsOf(row.serials) }]));
  return filled.flatMap(({ name, maker, model, serials, index }) => {
    const wanted = filled.length === 1 && Number.isInteger(quantity) ? Math.min(quantity, MOST_ITEMS) : 1;
    const pieces = Math.max(wanted, serials.length);
    return Array.from({ length: pieces }, (_, i) => ({ row: index, item: { name, maker, model, serial: serials[i] ?? '' } }));
  });
}
