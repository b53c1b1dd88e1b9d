/** The values of a listing as they are typed: what each may be, and the fault that says so. */
import { z } from 'zod';
import { MOST_CENTS } from '../price-rules.ts';
import type { Read } from './price-texts.ts';
import { parseScorecard } from './scorecard.ts';

/** A fault is a word and, for numbers, the limits: `between 1 365`. */
export const whole = (min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d{1,9}$/, `between ${min} ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `between ${min} ${max}`);

/** Yuan with up to two decimals, as 分. */
export const yuan = z
  .string()
  .trim()
  .regex(/^\d{1,9}(\.\d{1,2})?$/, 'price')
  .transform((text) => Math.round(Number(text) * 100))
  .refine((cents) => cents <= MOST_CENTS, 'price');

/** ¥ 10,000 for one measuring point; nine tenths off: what is left is still a price. */
export const MOST_POINT_CENTS = 1_000_000;
export const MOST_OFF = 90;

const MOST_TIERS = 6;
/** Of what is typed as a list: entries are read one by one. */
const MOST_RULES = 3_000;

/** `10: 90; 50: 80`: from 10 on ¥ 90 each, from 50 on ¥ 80; in order and ever cheaper. */
export const tiers = z
  .string()
  .max(MOST_RULES, `too_long ${MOST_RULES}`)
  .trim()
  .transform((text, context) => {
    const read = text
      .normalize('NFKC')
      .split(/[;\n,]/)
      .filter((part) => part.trim() !== '')
      .map((part) => /^\s*(\d{1,5})\s*:\s*(\d{1,9}(?:\.\d{1,2})?)\s*$/.exec(part));
    const list = read.map((found) => ({ from: Number(found?.[1]), unitNet: Math.round(Number(found?.[2]) * 100) }));
    const sound = list.every(
      ({ from, unitNet }, i) =>
        from >= 2 && unitNet > 0 && unitNet <= MOST_CENTS && (i === 0 || (from > list[i - 1]!.from && unitNet < list[i - 1]!.unitNet)),
    );
    if (!sound || list.length > MOST_TIERS) context.addIssue({ code: 'custom', message: 'tiers' });
    return list;
  });

/** A list of price rules; a fault says which entry: `ranges 2`. */
export const rules = <T>(name: 'ranges' | 'zones', read: (text: string) => Read<T>) =>
  z
    .string()
    .max(MOST_RULES, `too_long ${MOST_RULES}`)
    .transform((text, context) => {
      const found = read(text);
      if ('list' in found) return found.list;
      context.addIssue({ code: 'custom', message: `${name} ${found.wrong}` });
      return z.NEVER;
    });

/** Percent without decimals, as basis points. */
export const percent = (max: number) => whole(0, max).transform((n) => n * 100);
export const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `too_long ${most}`)
    .regex(/^[^\0]*$/, 'bad_character');
export const scorecard = z
  .string()
  .max(MOST_RULES, `too_long ${MOST_RULES}`)
  .transform((text, context) => {
    const criteria = parseScorecard(text);
    if (!criteria) context.addIssue({ code: 'custom', message: 'scorecard' });
    return criteria ?? [];
  });
