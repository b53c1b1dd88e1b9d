import { z } from 'zod';
import { ORDER_TEXTS, orderTexts } from './order-texts.ts';

/** Longest text of one line, in UTF-16 units: generous for people, bounded for everybody. */
const SHORT = 200;
/** More pieces than this are not described one by one. */
export const MOST_ITEMS = 200;

/**
 * Text is kept as it was typed, whatever the script. Two things no database keeps are refused or mended: the null character, and halves
 * of surrogate pairs. Messages are codes; pages put them into words.
 */
const text = (most: number) =>
  z
    .string()
    .max(most, 'too_long')
    .refine((value) => !value.includes('\u0000'), 'bad_character')
    .transform((value) => value.toWellFormed());
const named = (most: number) => text(most).refine((value) => value.trim() !== '', 'required');

const item = z.object({
  name: named(SHORT),
  maker: text(SHORT).default(''),
  model: text(SHORT).default(''),
  serial: text(SHORT).default(''),
});
const address = z.object({ recipient: named(SHORT), phone: named(40), line: named(500) });

/** What a buyer sends to book: the same schema in the browser, in the action and in the use case. */
export const bookingForm = z
  .object({
    serviceId: z.string().min(1).max(64),
    quantity: z.number(),
    /** UTC ms, the beginning of a cell. */
    startAt: z.number().int(),
    deliveryMode: z.enum(['at_centre', 'courier', 'on_site', 'remote']),
    address: address.nullish().transform((value) => value ?? null),
    ...orderTexts((name) => text(ORDER_TEXTS[name]).default('')),
    expedited: z.boolean().default(false),
    /** Measuring points per piece, the range and the zone (catalogue/price-rules.ts), where the service has prices by them. */
    points: z.number().optional(),
    range: text(SHORT).optional(),
    zone: text(SHORT).optional(),
    items: z.array(item).max(MOST_ITEMS, 'too_many').default([]),
    /** Made with the form, sent once or many times: one form is one order. */
    submissionKey: z
      .string()
      .min(8)
      .max(64)
      .regex(/^[\w-]+$/),
    /** What the buyer was shown: `fingerprint` (price.ts). */
    shownPrice: z.string().max(500),
    /** A slot kept for the buyer that this booking takes. */
    offerId: z.string().max(64).optional(),
    /** The buyer declares 强制检定: used for trade settlement, safety, medical care or environmental monitoring. */
    mandatoryUse: z.boolean().default(false),
    /** The buyer declares that somebody the centre has trained will run the equipment. */
    trainedUser: z.boolean().default(false),
  })
  .refine((form) => form.address !== null || (form.deliveryMode !== 'courier' && form.deliveryMode !== 'on_site'), {
    path: ['address'],
    message: 'required',
  });

export type BookingForm = z.input<typeof bookingForm>;
export type BookingInput = z.output<typeof bookingForm>;
