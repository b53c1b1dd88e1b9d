/** What a centre's form asks for, done; and where it leads back to. */
import { z } from 'zod';
import type { Actor } from '#app/core/actor.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import type { Services } from '#app/http/services.server.ts';
import { localNext } from '#app/modules/identity/next.ts';
import { can } from '#app/modules/identity/policy.ts';
import { ADVANCES, advanceOrder } from '#app/modules/jobs/advance-order.server.ts';
import { acceptRequest } from '#app/modules/orders/accept-request.server.ts';
import { cancelOrder } from '#app/modules/orders/cancel-order.server.ts';
import { declineRequest } from '#app/modules/orders/decline-request.server.ts';
import { viewOrder } from '#app/read-models/view-order.server.ts';
import { saying } from '../notices.ts';

const form = z.discriminatedUnion('intent', [
  z.object({ intent: z.enum(ADVANCES), version: z.coerce.number().int() }),
  z.object({ intent: z.literal('accept') }),
  z.object({ intent: z.literal('decline'), reason: z.string() }),
  z.object({ intent: z.literal('cancel'), reason: z.string(), refund: z.coerce.number().int() }),
]);

/** Deciding and cancelling bind the centre. */
const DECISIONS = ['accept', 'decline', 'cancel'];

export type Acted = { to: string } | { reason: string; error: 'required' | 'too_long' | 'bad_character'; intent: 'decline' | 'cancel' };

/** @throws Problem not_found, bad_request; what a colleague did first, or the role forbids, becomes a notice */
export async function act(services: Services, actor: Actor, number: string, data: FormData): Promise<Acted> {
  const parsed = form.safeParse(Object.fromEntries(data));
  if (!parsed.success) throw new Problem('bad_request');
  const input = parsed.data;
  const back = localNext(String(data.get('back') ?? '')) ?? `/centre/orders/${number}`;
  const say = (said: string): Acted => ({ to: saying(back, said, number) });
  if (!can(actor, DECISIONS.includes(input.intent) ? 'order.decide' : 'order.work')) return say('forbidden');
  try {
    switch (input.intent) {
      case 'accept':
        await acceptRequest(services, actor, number);
        return say('accepted');
      case 'decline':
        await declineRequest(services, actor, number, input.reason);
        return say('declined');
      case 'cancel':
        await cancelOrder(services, actor, { number, reason: input.reason, shownRefund: input.refund });
        return say('cancelled');
      default: {
        const { progress } = await advanceOrder(services, actor, { number, event: input.intent, version: input.version });
        return say(progress);
      }
    }
  } catch (error) {
    if (isProblem(error) && (error.code === 'stale' || error.code === 'transition_refused')) {
      const { progress } = await viewOrder(services, actor, number);
      return { to: saying(back, error.facts.reason === 'too_late' ? 'too_late' : 'stale', number, progress) };
    }
    if (isProblem(error) && error.code === 'centre_unverified') return say('unverified');
    if (isProblem(error) && error.code === 'invalid_form' && (input.intent === 'decline' || input.intent === 'cancel'))
      return { reason: input.reason, error: error.facts.reason as 'required', intent: input.intent };
    throw error;
  }
}
