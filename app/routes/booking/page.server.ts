/** What the booking page shows, for an address and for a form that comes back. */
import { type Actor, actorIn } from '#app/core/actor.ts';
import { newId } from '#app/core/ids.server.ts';
import { isProblem } from '#app/core/problem.ts';
import type { Services } from '#app/http/services.server.ts';
import { pick } from '#app/i18n/locale.ts';
import { rangeKey } from '#app/modules/catalogue/price-rules.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { dayOf, isoDay, mondayOf, wallClock } from '#app/modules/scheduling/local-day.ts';
import { type OpenBooking, viewBooking } from '#app/read-models/view-booking.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { viewKeptSlot } from '#app/read-models/view-waiting.server.ts';
import type { FieldErrors } from './read-form.ts';
import { choiceTyped, EMPTY_ROW, isDeliveryMode, numberOf, type Typed, typedFromAddress } from './typed.ts';

/** Who looks: only members of an SME book; the others are told why not. */
export type Booker = 'member' | 'visitor' | 'centre' | 'park' | 'nobody';
export function bookerOf(viewer: Viewer | null): Booker {
  if (viewer === null) return 'visitor';
  if (viewer.organisation === null) return 'nobody';
  return viewer.organisation.kind === 'sme' ? 'member' : viewer.organisation.kind;
}

/** The page as an address opens it: a chosen time shows its week, and the first instrument has the name the service gives it. */
export async function openPage(services: Services, viewer: Viewer | null, slug: string, params: URLSearchParams) {
  const asked = typedFromAddress(params, newId(), { ...EMPTY_ROW });
  const kept = asked.offer ? await keptFor(services, viewer, asked.offer) : null;
  if (kept) Object.assign(asked, { quantity: String(kept.quantity), startAt: kept.startAt });
  const { view, typed } = await viewFor(services, slug, viewer, asked);
  if (view.kind === 'paused') return { view, typed };
  const { instrumentZh, instrumentEn } = view.service;
  const again = params.get('again');
  typed.rows = [{ ...EMPTY_ROW, name: pick(instrumentZh, instrumentEn) }];
  if (again) Object.assign(typed, await earlierOf(services, viewer, again));
  // More than is taken, or no number: it stays in its field, what is below is for the nearest, and both are said. Written over by the nearest,
  // it would be lost without a word when a draft brings the page back.
  const taken = numberOf(typed.quantity) === view.quantity;
  const errors: FieldErrors = taken ? {} : { quantity: ['out_of_range'] };
  if (taken) typed.quantity = String(view.quantity);
  if (typed.startAt === null || params.has('week')) return { view, typed, errors };
  const week = isoDay(mondayOf(dayOf(view.week.zone, typed.startAt)));
  const around = week === view.week.days[0]?.day ? { view, typed } : await viewFor(services, slug, viewer, { ...typed, week });
  if (around.view.kind === 'paused' || startsOf(around.view).includes(typed.startAt)) return { ...around, errors };
  // Somebody else may have been faster while this one signed in.
  return { ...around, errors, typed: { ...around.typed, startAt: null }, refusal: { code: 'start_gone' as const } };
}

/** The page for what was typed: calendar, price, and the choice brought in line with what is offered. */
export async function viewFor(services: Services, slug: string, viewer: Viewer | null, typed: Typed) {
  const view = await viewBooking(services, {
    slug,
    quantity: numberOf(typed.quantity),
    deliveryMode: isDeliveryMode(typed.deliveryMode) ? typed.deliveryMode : undefined,
    expedited: typed.expedited,
    ...choiceTyped(typed),
    buyerId: viewer?.organisation?.kind === 'sme' ? viewer.organisation.id : undefined,
    firstDay: typed.week,
  });
  if (view.kind !== 'open') return { view, typed };
  if (typed.offer) await showKept(services, view, viewer, typed.offer);
  const { deliveryMode, choice } = view;
  const range = choice.range ? rangeKey(choice.range) : '';
  const points = typed.points || String(choice.points ?? '');
  return { view, typed: { ...typed, deliveryMode, range, points, week: view.week.days[0]?.day } };
}

const startsOf = (view: OpenBooking) => view.week.days.flatMap((day) => day.starts.map((start) => start.at));

/** Chosen in the days shown, and not free any more. */
export function startGone(view: OpenBooking, at: number | null): boolean {
  const { zone, days } = view.week;
  return at !== null && days.some((day) => day.day === isoDay(dayOf(zone, at))) && !startsOf(view).includes(at);
}

const asActor = <T>(viewer: Viewer | null, ask: (actor: Actor) => Promise<T>): Promise<T | null> => {
  const actor = actorIn(viewer);
  return actor ? ask(actor) : Promise.resolve(null);
};

/** The slot an address or a form says is kept for who looks; null for anybody else. */
const keptFor = (services: Services, viewer: Viewer | null, offerId: string) =>
  asActor(viewer, (actor) => viewKeptSlot(services, actor, offerId));

/** A kept slot's start stands among the free ones of its day: for everybody else it is taken. */
async function showKept(services: Services, view: OpenBooking, viewer: Viewer | null, offerId: string): Promise<void> {
  const kept = await keptFor(services, viewer, offerId);
  if (kept?.slug !== view.service.slug || kept.quantity < view.quantity) return;
  const { zone, days } = view.week;
  const iso = isoDay(dayOf(zone, kept.startAt));
  const start = { at: kept.startAt, until: kept.endAt, minute: wallClock(zone, kept.startAt).minute };
  view.week = {
    zone,
    days: days.map((day) =>
      day.day === iso && !day.starts.some(({ at }) => at === start.at)
        ? { ...day, none: null, starts: [...day.starts, start].sort((a, b) => a.at - b.at) }
        : day,
    ),
  };
}

/** What an earlier order says again: its instruments by kind, the address, what the centre was told; nothing for who was no party to it. */
async function earlierOf(services: Services, viewer: Viewer | null, number: string): Promise<Partial<Typed>> {
  const earlier = await asActor(viewer, (actor) => viewOrder(services, actor, number)).catch((error: unknown) => {
    if (isProblem(error)) return null;
    throw error;
  });
  if (!earlier) return {};
  const kinds = Map.groupBy(earlier.items, ({ name, maker, model }) => JSON.stringify([name, maker, model]));
  const rows = [...kinds.values()].flatMap((pieces) => {
    const [first] = pieces;
    const serials = pieces.map((piece) => piece.serial).filter(Boolean);
    return first ? [{ name: first.name, maker: first.maker, model: first.model, serials: serials.join('\n') }] : [];
  });
  return { ...(rows.length > 0 && { rows }), ...earlier.address, notes: earlier.notes };
}
