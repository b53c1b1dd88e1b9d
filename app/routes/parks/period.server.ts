import { z } from 'zod';
import { weekOf } from '#app/modules/parks/utilization.ts';
import { DEFAULT_ZONE, dayOf } from '#app/modules/scheduling/local-day.ts';

/** How many weeks a page shows: a quarter, half a year, a year. */
export const SPANS = [13, 26, 52] as const;
export type Period = { span: (typeof SPANS)[number]; back: number; firstWeek: number; lastWeek: number };

const schema = z.object({
  span: z.coerce
    .number()
    .pipe(z.union(SPANS.map((span) => z.literal(span))))
    .catch(26),
  back: z.coerce.number().int().min(-1).max(40).catch(0),
});

/**
 * The period an address asks for: so many weeks ending with this one, moved back by whole periods; −1 looks ahead.
 * What cannot be read is taken as half a year up to now.
 */
export function periodOf(url: URL, now: number): Period {
  const { span, back } = schema.parse({ span: url.searchParams.get('span') ?? undefined, back: url.searchParams.get('back') ?? undefined });
  const lastWeek = weekOf(dayOf(DEFAULT_ZONE, now)) - back * span;
  return { span: span as Period['span'], back, firstWeek: lastWeek - span + 1, lastWeek };
}
