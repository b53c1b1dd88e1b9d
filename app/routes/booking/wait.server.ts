/** The waiting list below the calendar of the booking page. */
import { data } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { isProblem } from '#app/core/problem.ts';
import { problemStatus } from '#app/http/problems.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import type { Viewer } from '#app/modules/identity/guards.server.ts';
import { findSold } from '#app/modules/orders/find-sold.server.ts';
import { joinWaitingList } from '#app/modules/orders/offers/join-waiting-list.server.ts';
import { dayStart } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { bookerOf, bookPath, type FieldErrors, KNOWN, type Refusal, viewFor } from './answer.server.ts';
import { numberOf, typedFromForm } from './typed.ts';

/** Puts the buyer on the waiting list, or says what is wrong with what was asked. */
export async function wait(services: Services, slug: string, viewer: Viewer | null, form: FormData) {
  const typed = typedFromForm(form);
  const booker = bookerOf(viewer);
  if (booker === 'visitor') throw redirectTo(`/sign-in?next=${encodeURIComponent(bookPath(slug, typed))}`);
  const comeBack = async (refusal: Refusal | null, errors: FieldErrors, status: number) => {
    const { view, typed: kept } = await viewFor(services, slug, viewer, typed);
    return data({ view, typed: kept, booker, errors, refusal }, { status });
  };
  const sold = await findSold(services, slug);
  if (!sold) return comeBack({ code: 'service_not_bookable' }, {}, 409);
  if (!viewer?.organisation || !viewer.role || booker !== 'member') return comeBack({ code: 'wrong_account' }, {}, 403);
  const day = shownDay(typed.waitBefore);
  if (day === undefined) return comeBack(null, { waitBefore: ['invalid'] }, 400);
  try {
    const actor = actorOf({ person: viewer.person, organisation: viewer.organisation, role: viewer.role });
    const beforeAt = dayStart(sold.zone, day);
    await joinWaitingList(services, actor, { serviceId: sold.id, quantity: numberOf(typed.quantity), beforeAt });
  } catch (error) {
    if (!isProblem(error) || error.code === 'not_found') throw error;
    const status = problemStatus(error.code);
    if (error.code === 'quantity_out_of_range') return comeBack(null, { quantity: ['out_of_range'] }, status);
    if (error.code !== 'invalid_form') return comeBack({ code: error.code }, {}, status);
    return comeBack(null, { waitBefore: [KNOWN.find((code) => code === error.facts.reason) ?? 'invalid'] }, status);
  }
  throw redirectTo('/orders?waiting=1');
}
