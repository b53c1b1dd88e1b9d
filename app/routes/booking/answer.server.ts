/** What the buttons of the booking form do. Whatever is refused, the page comes back with what was typed and says why. */
import { data } from '@remix-run/node';
import { type Actor, actorIn } from '#app/core/actor.ts';
import { isProblem, Problem, type ProblemCode } from '#app/core/problem.ts';
import { saidTrouble } from '#app/http/database-trouble.server.ts';
import { problemStatus } from '#app/http/problems.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { misfit } from '#app/modules/catalogue/price-rules.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { findSold, type Sold } from '#app/modules/orders/find-sold.server.ts';
import { listUnpaid } from '#app/modules/orders/list-unpaid.server.ts';
import { joinWaitingList } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { holdSlot, requestBooking } from '#app/modules/orders/place-order.server.ts';
import { dayOf, dayStart, isoDay, mondayOf } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { bookerOf, startGone, viewFor } from './page.server.ts';
import { errorCode, type FieldErrors, readForm } from './read-form.ts';
import { addressOf, choiceTyped, EMPTY_ROW, MOST_ROWS, numberOf, shownGross, type Typed, typedFromForm } from './typed.ts';

/** Why nothing was booked. `start_gone`: the chosen time does not suit what was changed. */
export type Refusal = {
  code: ProblemCode | 'start_gone';
  oldGross?: number | null;
  newGross?: number;
  /** Of `too_many_unpaid`: what there is too much of, and what stands unpaid. */
  unpaid?: { reason: string; orders: Awaited<ReturnType<typeof listUnpaid>> };
};
type Said = { errors?: FieldErrors; refusal?: Refusal | null; requestedAt?: number | null };

/** Each button says by its `intent` what it wants; a form sent without one only wants the page brought up to date. */
export async function answerForm(services: Services, slug: string, viewer: Viewer | null, form: FormData) {
  const typed = typedFromForm(form);
  const [intent = '', detail = ''] = String(form.get('intent') ?? '').split(':', 2);
  if (intent !== 'book' && intent !== 'wait') return update(services, slug, viewer, turned(typed, intent, detail));
  // Whoever was a member when the page was made stays on it: what was typed would not survive the way to the sign-in page.
  if (viewer === null && (intent === 'wait' || form.get('as') !== 'member'))
    throw redirectTo(`/sign-in?next=${encodeURIComponent(`/services/${slug}/book${addressOf(typed)}`)}`);
  let sold: Sold | undefined;
  try {
    sold = await findSold(services, slug);
    const done = await (intent === 'book' ? book : wait)(services, sold, viewer, typed);
    if ('to' in done) throw redirectTo(done.to);
    return comeBack(services, slug, viewer, typed, 400, done);
  } catch (thrown) {
    const error = saidTrouble(thrown);
    if (!isProblem(error) || error.code === 'not_found') throw error;
    return refuse(services, slug, viewer, typed, error, sold?.zone);
  }
}

/** What was typed, changed as the button asks. */
function turned(typed: Typed, intent: string, detail: string): Typed {
  switch (intent) {
    case 'week':
      return { ...typed, week: detail };
    case 'pick': {
      const startAt = /^\d{1,14}$/.test(detail) ? Number(detail) : typed.startAt;
      return { ...typed, startAt, week: startAt === null ? typed.week : undefined };
    }
    case 'add_row':
      return typed.rows.length < MOST_ROWS ? { ...typed, rows: [...typed.rows, { ...EMPTY_ROW }] } : typed;
    case 'remove_row':
      return { ...typed, rows: typed.rows.filter((_, i) => String(i) !== detail) };
    default:
      return typed;
  }
}

/** The calendar and the price for what is typed now; says what does not fit them. */
async function update(services: Services, slug: string, viewer: Viewer | null, asked: Typed) {
  const { view, typed } = await viewFor(services, slug, viewer, asked);
  const booker = bookerOf(viewer);
  if (view.kind === 'paused') return data({ view, typed, booker, errors: {}, refusal: null });
  const errors: FieldErrors = view.quantityTaken ? {} : { quantity: ['out_of_range'] };
  if (misfit(view.service.tariff, { deliveryMode: view.deliveryMode, ...choiceTyped(typed) }) === 'points')
    errors.points = ['out_of_range'];
  const gone = startGone(view, asked.startAt);
  const refusal: Refusal | null = gone ? { code: 'start_gone' } : null;
  return data({ view, typed: { ...typed, startAt: gone ? null : asked.startAt }, booker, errors, refusal });
}

type Done = { to: string } | { errors: FieldErrors };

/** @throws Problem of `holdSlot`, sign_in_required, forbidden */
async function book(services: Services, sold: Sold, viewer: Viewer | null, typed: Typed): Promise<Done> {
  const buyer = buyerIn(viewer);
  const read = readForm(sold, typed);
  if ('errors' in read) return read;
  const placed = await (sold.booking === 'instant' ? holdSlot : requestBooking)(services, buyer, read.input);
  services.wake();
  return { to: `/orders/${placed.number}?${placed.again ? 'again' : 'new'}=1` };
}

/** The waiting list below the calendar. @throws Problem of `joinWaitingList`, sign_in_required, forbidden */
async function wait(services: Services, sold: Sold, viewer: Viewer | null, typed: Typed): Promise<Done> {
  const buyer = buyerIn(viewer);
  const day = shownDay(typed.waitBefore);
  if (day === undefined) return { errors: { waitBefore: ['invalid'] } };
  await joinWaitingList(services, buyer, { serviceId: sold.id, quantity: numberOf(typed.quantity), beforeAt: dayStart(sold.zone, day) });
  return { to: '/orders?waiting=1' };
}

/** Whom the order is for. @throws Problem sign_in_required, forbidden */
function buyerIn(viewer: Viewer | null): Actor {
  if (viewer === null) throw new Problem('sign_in_required');
  const actor = actorIn(viewer);
  if (actor?.organisationKind !== 'sme') throw new Problem('forbidden');
  return actor;
}

/** The page is made only for whoever sees it again: most submits end in an order and are sent on. */
async function comeBack(services: Services, slug: string, viewer: Viewer | null, asked: Typed, status: number, said: Said) {
  const { view, typed } = await viewFor(services, slug, viewer, asked);
  const { errors = {}, refusal = null, requestedAt = null } = said;
  return data({ view, typed, booker: bookerOf(viewer), errors, refusal, requestedAt }, { status });
}

/** A Problem where the page says it: at its field, or above the form. @param zone of the service, where it was found */
async function refuse(services: Services, slug: string, viewer: Viewer | null, typed: Typed, problem: Problem, zone?: string) {
  const { code, facts } = problem;
  const status = problemStatus(code);
  const back = (said: Said, shown = typed) => comeBack(services, slug, viewer, shown, status, said);
  const errors = errorsIn(problem);
  if (errors) return back({ errors });
  if (code === 'price_changed') return back({ refusal: { code, oldGross: shownGross(typed.shownPrice), newGross: Number(facts.gross) } });
  if (code === 'too_many_unpaid')
    return back({ refusal: { code, unpaid: { reason: String(facts.reason), orders: await listUnpaid(services, buyerIn(viewer)) } } });
  if ((code === 'slot_taken' || code === 'slot_closed') && zone !== undefined && typed.startAt !== null) {
    // The days around the time asked for as they are now, so that the nearest free starts can be offered.
    const week = isoDay(mondayOf(dayOf(zone, typed.startAt)));
    return back({ refusal: { code }, requestedAt: typed.startAt }, { ...typed, week, startAt: null });
  }
  return back({ refusal: { code } });
}

/** Fields of which the use cases know more than the schema does. */
const JUDGED = ['points', 'range', 'zone', 'deliveryMode', 'trainedUser', 'waitBefore'] as const;

function errorsIn({ code, facts }: Problem): FieldErrors | undefined {
  if (code === 'quantity_out_of_range') return { quantity: ['out_of_range'] };
  if (code !== 'invalid_form') return undefined;
  if (facts.reason === 'total_too_high') return { quantity: ['total_too_high'] };
  const field = JUDGED.find((one) => one === facts.field);
  return field && { [field]: [field === 'points' ? 'out_of_range' : errorCode(facts.reason)] };
}
