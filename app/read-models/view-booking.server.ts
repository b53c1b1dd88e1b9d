import { asc, eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { isStocked, stockOf } from '#app/modules/catalogue/stock.server.ts';
import { type QuoteQuestion, quoteBooking } from '#app/modules/orders/quote-booking.server.ts';
import { earliestStarts } from '#app/modules/scheduling/earliest-start.server.ts';
import { lengthOf } from '#app/modules/scheduling/find-free-starts.server.ts';
import { dayEnd, dayNumber, dayOf, isoDay, mondayOf } from '#app/modules/scheduling/local-day.ts';
import { type DeliveryMode, service, servicePool } from '#db/schema/catalogue.ts';
import { centre } from '#db/schema/centres.ts';
import { pool } from '#db/schema/scheduling.ts';

/**
 * What the booking page shows: the quote, the names of what must be free, and where to look when the shown days have nothing.
 * A quantity the service does not take is answered for the nearest one it does take.
 * @returns `paused` when the service exists and cannot be booked now: until when, and whether its shelf is empty
 * @throws Problem not_found
 */
export async function viewBooking(deps: Pick<Deps, 'db' | 'clock'>, question: QuoteQuestion) {
  const [head] = await deps.db.read((q) =>
    q
      .select({
        id: service.id,
        slug: service.slug,
        status: service.status,
        family: service.family,
        pausedUntil: service.pausedUntil,
        timeZone: centre.timeZone,
        nameZh: service.nameZh,
        nameEn: service.nameEn,
        maxQuantity: service.maxQuantity,
        setupMinutes: service.setupMinutes,
        minutesPerItem: service.minutesPerItem,
        bufferMinutes: service.bufferMinutes,
        unit: service.unit,
        claimed: centre.organisationId,
        centreZh: centre.nameZh,
        centreEn: centre.nameEn,
      })
      .from(service)
      .innerJoin(centre, eq(centre.id, service.centreId))
      .where(eq(service.slug, question.slug)),
  );
  if (!head || head.status === 'draft') throw new Problem('not_found');
  const { slug, nameZh, nameEn, centreZh, centreEn, timeZone } = head;
  const left = isStocked(head.family) ? await deps.db.read((q) => stockOf(q, head.id)) : null;
  const until = head.status === 'paused' ? head.pausedUntil : null;
  const listed = head.status === 'published' && head.claimed !== null;
  const paused = { kind: 'paused' as const, slug, listed, nameZh, nameEn, centreZh, centreEn, timeZone, until, soldOut: left === 0 };
  const pools = await poolsOf(deps, head.id);
  if (head.status === 'paused' || head.claimed === null || pools.length === 0 || left === 0) return paused;
  const most = Math.min(head.maxQuantity, left ?? head.maxQuantity);
  const quantity = nearestQuantity({ ...head, maxQuantity: most }, question.quantity);
  const { quote, nextFree } = await firstWeek(deps, { ...question, quantity });
  return {
    kind: 'open' as const,
    service: { ...forPage(quote.service), maxQuantity: most },
    centre: quote.centre,
    verified: quote.verified,
    pools,
    quantity: quote.quantity,
    quantityTaken: quantity === question.quantity,
    deliveryMode: quote.deliveryMode,
    expedited: quote.expedited,
    choice: quote.choice,
    travelMinutes: quote.travelMinutes,
    eligibility: quote.eligibility,
    bill: quote.bill,
    shownPrice: quote.shownPrice,
    policy: quote.policy,
    minutes: quote.minutes,
    window: quote.window,
    week: quote.week,
    /** Of a course with dates: its days are those of `week`. */
    sessions: quote.sessions,
    /** The first free start outside the days shown, when they have none; null when nothing is free up to the horizon. */
    nextFree,
  };
}

type Quote = Awaited<ReturnType<typeof quoteBooking>>;

/** The days asked for; when none were, and the first bookable week is full, the week of the first free start. */
async function firstWeek(deps: Pick<Deps, 'db' | 'clock'>, question: QuoteQuestion): Promise<{ quote: Quote; nextFree: number | null }> {
  const quote = await quoteBooking(deps, question);
  if (quote.week.days.some((day) => day.starts.length > 0)) return { quote, nextFree: null };
  const { zone, days } = quote.week;
  const ask = async (from?: number) =>
    (await earliestStarts(deps, [quote.service], { quantity: question.quantity, travelMinutes: quote.travelMinutes, from })).get(
      quote.service.id,
    ) ?? null;
  const last = days.at(-1);
  const nextFree = (last && (await ask(dayEnd(zone, dayNumber(last.day))))) ?? (await ask());
  if (question.firstDay !== undefined || nextFree === null) return { quote, nextFree };
  return { quote: await quoteBooking(deps, { ...question, firstDay: isoDay(mondayOf(dayOf(zone, nextFree))) }), nextFree: null };
}

const poolsOf = ({ db }: Pick<Deps, 'db'>, serviceId: string) =>
  db.read((q) =>
    q
      .select({ nameZh: pool.nameZh, nameEn: pool.nameEn })
      .from(servicePool)
      .innerJoin(pool, eq(pool.id, servicePool.poolId))
      .where(eq(servicePool.serviceId, serviceId))
      .orderBy(asc(servicePool.position), asc(servicePool.poolId)),
  );

function nearestQuantity(rule: Parameters<typeof lengthOf>[0], asked: number): number {
  const within = Number.isFinite(asked) ? Math.max(1, Math.min(rule.maxQuantity, Math.trunc(asked))) : 1;
  return lengthOf(rule, within).ok ? within : 1;
}

/** What of a service the page needs; the rest stays here. */
function forPage(row: typeof service.$inferSelect) {
  const { id, slug, nameZh, nameEn, family, field, specification, instrumentZh, instrumentEn, unit, booking } = row;
  const { unitNet, volumeTiers, setupNet, travelNet, courierNet, expediteBasisPoints, vatBasisPoints } = row;
  const { perPointNet, includedPoints, rangePrices, travelZones, memberBasisPoints, parkBasisPoints } = row;
  const { maxQuantity, leadDays, turnaroundDays, answerHours, cancelPolicy } = row;
  const deliveryModes: DeliveryMode[] = row.deliveryModes;
  return {
    ...{ id, slug, nameZh, nameEn, family, field, specification, instrumentZh, instrumentEn, unit, booking },
    tariff: {
      ...{ unitNet, volumeTiers, setupNet, travelNet, courierNet, expediteBasisPoints, vatBasisPoints },
      ...{ perPointNet, includedPoints, rangePrices, travelZones, memberBasisPoints, parkBasisPoints },
    },
    ...{ maxQuantity, leadDays, turnaroundDays, answerHours, cancelPolicy, deliveryModes },
    asksTrained: row.family === 'shared_equipment' && row.operation === 'trained_user',
  };
}

export type BookingView = Awaited<ReturnType<typeof viewBooking>>;
export type OpenBooking = Extract<BookingView, { kind: 'open' }>;
