import { data } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { isProblem, type ProblemCode } from '#app/core/problem.ts';
import { saidTrouble } from '#app/http/database-trouble.server.ts';
import { problemStatus } from '#app/http/problems.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { misfit, rangeKey } from '#app/modules/catalogue/price-rules.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { bookingForm } from '#app/modules/orders/booking-form.ts';
import { findSold, type Sold } from '#app/modules/orders/find-sold.server.ts';
import { holdSlot } from '#app/modules/orders/hold-slot.server.ts';
import { listUnpaid } from '#app/modules/orders/list-unpaid.server.ts';
import { requestBooking } from '#app/modules/orders/request-booking.server.ts';
import { type OpenBooking, viewBooking } from '#app/modules/orders/view-booking.server.ts';
import { dayOf, isoDay, mondayOf } from '#app/modules/scheduling/local-day.ts';
import { itemsOf } from './items.ts';
import { addKept } from './kept.server.ts';
import {
  addressOf,
  choiceTyped,
  EMPTY_ROW,
  isDeliveryMode,
  MOST_ROWS,
  needsAddress,
  numberOf,
  shownGross,
  type Typed,
  typedFromForm,
} from './typed.ts';

/** Who looks: only members of an SME book; the others are told why not. */
export type Booker = 'member' | 'visitor' | 'centre' | 'park' | 'nobody';
export const bookerOf = (viewer: Viewer | null): Booker =>
  viewer === null
    ? 'visitor'
    : viewer.organisation === null
      ? 'nobody'
      : viewer.organisation.kind === 'sme'
        ? 'member'
        : viewer.organisation.kind;

export type FieldErrors = Record<string, ErrorCode[]>;
export type ErrorCode =
  | 'required'
  | 'too_long'
  | 'too_many'
  | 'bad_character'
  | 'out_of_range'
  | 'total_too_high'
  | 'not_offered'
  | 'invalid'
  | 'still_free';
/** Why nothing was booked. `start_gone`: the chosen time does not suit what was changed. */
export type Refusal = {
  code: ProblemCode | 'signed_out' | 'start_gone' | 'wrong_account';
  oldGross?: number | null;
  newGross?: number;
  /** Of `too_many_unpaid`: what there is too much of, and what stands unpaid. */
  unpaid?: { reason: string; orders: Awaited<ReturnType<typeof listUnpaid>> };
};

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
  if (typed.offer) await addKept(services, view, viewer, typed.offer);
  const { deliveryMode, choice } = view;
  const range = choice.range ? rangeKey(choice.range) : '';
  const points = typed.points || String(choice.points ?? '');
  return { view, typed: { ...typed, deliveryMode, range, points, week: view.week.days[0]?.day } };
}

const startsOf = (view: OpenBooking) => view.week.days.flatMap((day) => day.starts.map((start) => start.at));
/** Chosen in the days shown, and not free any more. */
const startGone = (view: OpenBooking, at: number | null) => {
  const { zone, days } = view.week;
  return at !== null && days.some((day) => day.day === isoDay(dayOf(zone, at))) && !startsOf(view).includes(at);
};

/** A submit of the form: each button says by its `intent` what it wants; a form sent without one only wants the page brought up to date. */
export async function answerForm(services: Services, slug: string, viewer: Viewer | null, form: FormData) {
  const typed = typedFromForm(form);
  const [intent = '', detail = ''] = String(form.get('intent') ?? '').split(':', 2);
  const booker = bookerOf(viewer);
  if (intent === 'book') {
    if (booker === 'visitor' && form.get('as') !== 'member') throw redirectTo(`/sign-in?next=${encodeURIComponent(bookPath(slug, typed))}`);
    return book(services, slug, viewer, typed);
  }
  if (intent === 'week') typed.week = detail;
  if (intent === 'pick') typed.startAt = /^\d{1,14}$/.test(detail) ? Number(detail) : typed.startAt;
  if (intent === 'add_row' && typed.rows.length < MOST_ROWS) typed.rows.push({ ...EMPTY_ROW });
  if (intent === 'remove_row') typed.rows = typed.rows.filter((_, i) => String(i) !== detail);
  if (intent === 'pick' && typed.startAt !== null) typed.week = undefined;
  const answer = await viewFor(services, slug, viewer, typed);
  if (answer.view.kind === 'paused') return data({ ...answer, booker, errors: {}, refusal: null });
  const errors: FieldErrors = answer.view.quantityTaken ? {} : { quantity: ['out_of_range'] };
  const { deliveryMode, service } = answer.view;
  if (misfit(service.tariff, { deliveryMode, ...choiceTyped(answer.typed) }) === 'points') errors.points = ['out_of_range'];
  const gone = startGone(answer.view, typed.startAt);
  const refusal: Refusal | null = gone ? { code: 'start_gone' } : null;
  return data({ view: answer.view, typed: { ...answer.typed, startAt: gone ? null : typed.startAt }, booker, errors, refusal });
}

export const bookPath = (slug: string, typed: Typed) => `/services/${slug}/book${addressOf(typed)}`;

async function book(services: Services, slug: string, viewer: Viewer | null, typed: Typed) {
  const booker = bookerOf(viewer);
  // The page is made only for whoever sees it again: most submits end in an order and are sent on.
  const comeBack = async (refusal: Refusal | null, errors: FieldErrors, status: number) => {
    const { view, typed: kept } = await viewFor(services, slug, viewer, typed);
    return data({ view, typed: kept, booker, errors, refusal }, { status });
  };
  const sold = await findSold(services, slug);
  if (!sold) return comeBack({ code: 'service_not_bookable' }, {}, 409);
  if (booker === 'visitor') return comeBack({ code: 'signed_out' }, {}, 401);
  if (!viewer?.organisation || !viewer.role || booker !== 'member') return comeBack({ code: 'wrong_account' }, {}, 403);
  const { input, errors } = readInput(sold, typed);
  if (!input) return comeBack(null, errors, 400);
  const actor = actorOf({ person: viewer.person, organisation: viewer.organisation, role: viewer.role });
  try {
    const placed = await (sold.booking === 'instant' ? holdSlot : requestBooking)(services, actor, input);
    services.wake();
    throw redirectTo(`/orders/${placed.number}?${placed.again ? 'again' : 'new'}=1`);
  } catch (thrown) {
    const error = saidTrouble(thrown);
    if (!isProblem(error) || error.code === 'not_found') throw error;
    const { code, facts } = error;
    const status = problemStatus(code);
    const wrong = code === 'invalid_form' ? CHOSEN.find((field) => field === facts.field) : undefined;
    if (wrong) return comeBack(null, { [wrong]: [wrong === 'points' ? 'out_of_range' : 'not_offered'] }, status);
    if (facts.reason === 'total_too_high') return comeBack(null, { quantity: ['total_too_high'] }, status);
    if (code === 'price_changed')
      return comeBack({ code, oldGross: shownGross(typed.shownPrice), newGross: Number(facts.gross) }, {}, status);
    if (code === 'too_many_unpaid')
      return comeBack({ code, unpaid: { reason: String(facts.reason), orders: await listUnpaid(services, actor) } }, {}, status);
    if (code !== 'slot_taken' && code !== 'slot_closed') return comeBack({ code }, {}, status);
    // The days around the time asked for as they are now, so that the nearest free starts can be offered.
    const week = isoDay(mondayOf(dayOf(sold.zone, input.startAt)));
    const fresh = await viewFor(services, slug, viewer, { ...typed, week });
    return data(
      { ...fresh, typed: { ...fresh.typed, startAt: null }, requestedAt: typed.startAt, booker, errors: {}, refusal: { code } },
      { status },
    );
  }
}

/** The form as the use case takes it, or every field that is wrong. */
function readInput(sold: Sold, typed: Typed) {
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
    notes: typed.notes,
    purchaseOrder: typed.purchaseOrder,
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
    const [first, second, third] = path.map(String);
    const code = KNOWN.find((known) => known === message) ?? 'invalid';
    if (first === 'quantity') wrong('quantity', 'out_of_range');
    else if (first === 'items' && second === undefined) wrong('rows', code);
    else if (first === 'items') wrong(`rows.${items[Number(second)]?.row}.${third === 'serial' ? 'serials' : third}`, code);
    else if (first === 'address') wrong(second ?? 'line', code);
    else wrong(first ?? '', code);
  }
  return Object.keys(errors).length === 0 && parsed.success ? { input: parsed.data, errors } : { input: undefined, errors };
}

const CHOSEN = ['points', 'range', 'zone'] as const;
export const KNOWN: readonly ErrorCode[] = [
  'required',
  'too_long',
  'too_many',
  'bad_character',
  'out_of_range',
  'not_offered',
  'invalid',
  'still_free',
];
