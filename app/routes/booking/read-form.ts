/** The form as the use case takes it, or every field that is wrong. */
import { type BookingInput, bookingForm, MOST_ITEMS } from '#app/modules/orders/booking-form.ts';
import type { Sold } from '#app/modules/orders/find-sold.server.ts';
import { orderTexts } from '#app/modules/orders/order-texts.ts';
import { choiceTyped, isBlank, needsAddress, numberOf, type Row, serialsOf, type Typed } from './typed.ts';

export const ERROR_CODES = [
  'required',
  'too_long',
  'too_many',
  'bad_character',
  'out_of_range',
  'total_too_high',
  'not_offered',
  'invalid',
  'still_free',
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];
/** By the field's name in the form. */
export type FieldErrors = Record<string, ErrorCode[]>;

/** A schema's message or a Problem's reason, as the page can say it. */
export const errorCode = (said: unknown): ErrorCode => ERROR_CODES.find((known) => known === said) ?? 'invalid';

export function readForm(sold: Sold, typed: Typed): { input: BookingInput } | { errors: FieldErrors } {
  const quantity = numberOf(typed.quantity);
  const items = itemsOf(typed.rows, quantity);
  const errors: FieldErrors = {};
  const wrong = (field: string, code: ErrorCode) => {
    if (!errors[field]?.includes(code)) errors[field] = [...(errors[field] ?? []), code];
  };
  if (!sold.takes(quantity)) wrong('quantity', 'out_of_range');
  else if (items.length > quantity) wrong('rows', 'too_many');
  if (sold.asksTrained && !typed.trainedUser) wrong('trainedUser', 'required');
  if (typed.startAt === null) wrong('startAt', 'required');
  const parsed = bookingForm.safeParse({
    serviceId: sold.id,
    quantity,
    startAt: typed.startAt ?? 0,
    deliveryMode: typed.deliveryMode,
    address: needsAddress(typed.deliveryMode) ? { recipient: typed.recipient, phone: typed.phone, line: typed.line } : null,
    ...orderTexts((name) => typed[name]),
    expedited: typed.expedited,
    ...choiceTyped(typed),
    items: items.map(({ item }) => item),
    submissionKey: typed.submissionKey,
    shownPrice: typed.shownPrice,
    offerId: typed.offer.slice(0, 64) || undefined,
    mandatoryUse: typed.mandatoryUse,
    trainedUser: typed.trainedUser,
  });
  for (const { path, message } of parsed.error?.issues ?? []) {
    const [first = '', second, third] = path.map(String);
    const code = errorCode(message);
    if (first === 'quantity') wrong('quantity', 'out_of_range');
    else if (first === 'items' && second === undefined) wrong('rows', code);
    else if (first === 'items') wrong(`rows.${items[Number(second)]?.row}.${third === 'serial' ? 'serials' : third}`, code);
    else wrong(first === 'address' ? (second ?? 'line') : first, code);
  }
  return parsed.success && Object.keys(errors).length === 0 ? { input: parsed.data } : { errors };
}

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
