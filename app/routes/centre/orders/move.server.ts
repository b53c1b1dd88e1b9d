/** The form that moves a booking, done. */
import type { Actor } from '#app/core/actor.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import type { Services } from '#app/http/services.server.ts';
import { moveBooking } from '#app/modules/orders/move-booking.server.ts';
import { withdrawMove } from '#app/modules/orders/offers/propose-move.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { instantOf } from '../calendar/calendar.server.ts';

type Move = { start: string; resource: string; version: number };

/** @returns what is said of it @throws Problem of `moveBooking`; what of it is at a field: invalid_form {field: start | resource, reason} */
export async function move(services: Services, actor: Actor, number: string, { start, resource, version }: Move): Promise<string> {
  const refused = (field: keyof Move, reason: string) => new Problem('invalid_form', { field, reason });
  const { timeZone } = await viewOrder(services, actor, number);
  const startAt = instantOf(start, timeZone);
  if (Number.isNaN(startAt)) throw refused('start', 'when');
  try {
    const done = await moveBooking(services, actor, { number, startAt, version, resourceId: resource || undefined });
    services.wake();
    return done === 'asked' ? 'move_asked' : 'moved';
  } catch (error) {
    if (!isProblem(error)) throw error;
    if (error.code === 'slot_taken') throw refused('start', resource ? 'taken_there' : 'taken');
    if (error.code === 'slot_closed') throw refused('start', error.facts.reason === 'dates' ? 'dates' : 'closed');
    if (error.code === 'invalid_form') throw refused('resource', 'gone');
    throw error;
  }
}

/** Takes back what the buyer was asked. @returns what is said of it @throws Problem not_found, stale, forbidden */
export async function withdraw(services: Services, actor: Actor, number: string): Promise<string> {
  await withdrawMove(services, actor, number);
  return 'move_withdrawn';
}
