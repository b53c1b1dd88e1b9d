/** The form that moves a booking, done. */
import type { Actor } from '#app/core/actor.ts';
import { isProblem } from '#app/core/problem.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { localNext } from '#app/modules/identity/next.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { withdrawMove } from '#app/modules/orders/offers/propose-move.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { instantOf } from '../calendar/calendar.server.ts';
import { saying } from '../notices.ts';

export type MoveRefused = { start: string; resource: string; why: 'taken' | 'taken_there' | 'closed' | 'when' | 'resource' };

/** `back` of the form is where it leads once done: the calendar it was dragged in. @throws Problem not_found; what a colleague did first, or the role forbids, becomes a notice */
export async function move(services: Services, actor: Actor, number: string, form: FormData): Promise<MoveRefused> {
  const start = String(form.get('start') ?? '');
  const resource = String(form.get('resource') ?? '');
  const back = localNext(String(form.get('back') ?? '')) ?? `/centre/orders/${number}`;
  const { timeZone, progress } = await viewOrder(services, actor, number);
  const startAt = instantOf(start, timeZone);
  if (Number.isNaN(startAt)) return { start, resource, why: 'when' };
  try {
    const version = Number(form.get('version'));
    const done = await moveBooking(services, actor, { number, startAt, version, resourceId: resource || undefined });
    services.wake();
    if (done === 'asked') throw redirectTo(saying(back, 'move_asked', number));
  } catch (error) {
    if (!isProblem(error)) throw error;
    if (error.code === 'slot_taken') return { start, resource, why: resource ? 'taken_there' : 'taken' };
    if (error.code === 'slot_closed') return { start, resource, why: 'closed' };
    if (error.code === 'invalid_form') return { start, resource, why: 'resource' };
    if (error.code === 'forbidden') throw redirectTo(saying(back, 'forbidden', number));
    if (error.code === 'stale' || error.code === 'transition_refused') throw redirectTo(saying(back, 'stale', number, progress));
    throw error;
  }
  throw redirectTo(saying(back, 'moved', number));
}

/** Takes back what the buyer was asked. @throws Problem not_found */
export async function withdraw(services: Services, actor: Actor, number: string): Promise<never> {
  const back = `/centre/orders/${number}`;
  try {
    await withdrawMove(services, actor, number);
  } catch (error) {
    if (!isProblem(error) || (error.code !== 'stale' && error.code !== 'forbidden')) throw error;
    const { progress } = await viewOrder(services, actor, number);
    throw redirectTo(saying(back, error.code, number, progress));
  }
  throw redirectTo(saying(back, 'move_withdrawn', number));
}
