/** What a centre's form asks for, done; and where it leads back to. */
import { z } from 'zod';
import type { Actor } from '#app/core/actor.ts';
import { filesIn, given, shownNumber, ticked } from '#app/core/form.ts';
import { isProblem, type ProblemCode } from '#app/core/problem.ts';
import { redirectTo } from '#app/http/route.server.ts';
import type { Services } from '#app/http/services.server.ts';
import { localNext } from '#app/modules/identity/next.ts';
import { advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { reportOrder } from '#app/modules/jobs/report-order.server.ts';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { declineRequest } from '#app/modules/orders/decline-request.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { saying } from '../notices.ts';
import { move, withdraw } from './move.server.ts';

/** `back` leads where the form stood, when it is another page than the order's. */
export const orderForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.enum(['receive', 'begin', 'close']), back: given, version: shownNumber }),
  z.object({ intent: z.literal('report'), back: given, version: shownNumber, confirmed: ticked }),
  z.object({ intent: z.literal('accept'), back: given }),
  z.object({ intent: z.literal('decline'), back: given, reason: given }),
  z.object({ intent: z.literal('cancel'), back: given, reason: given, refund: shownNumber }),
  z.object({ intent: z.literal('move'), back: given, start: given, resource: given, version: shownNumber }),
  z.object({ intent: z.literal('withdraw'), back: given }),
]);
type OrderForm = z.output<typeof orderForm>;

/** What a colleague did first, or the role forbids, becomes a notice where nothing was typed. */
const NOTICED: readonly ProblemCode[] = ['stale', 'transition_refused', 'forbidden', 'centre_unverified'];

/**
 * @throws Response when done; Problem not_found; of what was typed: invalid_form {field: reason | start | resource}, and what of the notices
 * stands in the way
 */
export async function actOnOrder(services: Services, actor: Actor, number: string, input: OrderForm, form: FormData): Promise<never> {
  const back = localNext(input.back) ?? `/centre/orders/${number}`;
  try {
    const said = await done(services, actor, number, input, form);
    throw redirectTo(saying(back, said, number, NAMED.includes(said) ? await standing(services, actor, number) : undefined));
  } catch (error) {
    const typed = 'reason' in input && input.reason !== '';
    if (!isProblem(error) || !NOTICED.includes(error.code) || typed) throw error;
    if (error.code === 'forbidden') throw redirectTo(saying(back, 'forbidden', number));
    if (error.code === 'centre_unverified') throw redirectTo(saying(back, 'unverified', number));
    const said = error.facts.reason === 'too_late' ? 'too_late' : 'stale';
    throw redirectTo(saying(back, said, number, await standing(services, actor, number)));
  }
}

/** Steps that are called otherwise for some kinds of work. */
const NAMED = ['received', 'reported'];

async function standing(services: Services, actor: Actor, number: string) {
  const { progress, service, deliveryMode } = await viewOrder(services, actor, number);
  return { progress, family: service.family, deliveryMode };
}

/** @returns what is said of it */
async function done(services: Services, actor: Actor, number: string, input: OrderForm, form: FormData): Promise<string> {
  switch (input.intent) {
    case 'accept':
      await acceptRequest(services, actor, number);
      return 'accepted';
    case 'decline':
      await declineRequest(services, actor, number, input.reason);
      return 'declined';
    case 'cancel':
      await cancelOrder(services, actor, { number, reason: input.reason, shownRefund: input.refund });
      return 'cancelled';
    case 'report': {
      const [file] = filesIn(form, 'document');
      const document = file ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : null;
      return reportOrder(services, actor, { number, version: input.version, confirmed: input.confirmed, document });
    }
    case 'move':
      return move(services, actor, number, input);
    case 'withdraw':
      return withdraw(services, actor, number);
    default:
      return (await advanceOrder(services, actor, { number, event: input.intent, version: input.version })).progress;
  }
}
