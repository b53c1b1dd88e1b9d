import type { Actor } from '#app/core/actor.ts';
import type { Services } from '#app/http/services.server.ts';
import { viewAuditFindings } from '#app/modules/identity/audit-findings.server.ts';
import { viewLateEffects } from '#app/modules/notices/late-effects.server.ts';
import { countWaiting } from '#app/read-models/view-checks.server.ts';
import { viewMoneyExceptions } from '#app/read-models/view-money-exceptions.server.ts';
import type { Count } from './queue-links.tsx';

/**
 * What stands before the operator besides the checks: money that differs, refunds that came back, effects that do not get
 * through, an audit log that was changed.
 */
export async function viewExceptions(services: Pick<Services, 'db' | 'clock'>, operator: Actor) {
  const [money, effects, findings] = await Promise.all([
    viewMoneyExceptions(services, operator),
    viewLateEffects(services, operator),
    viewAuditFindings(services, operator),
  ]);
  return { ...money, effects, findings };
}

export const countOf = ({ differences, refunds, effects, findings }: Awaited<ReturnType<typeof viewExceptions>>): number =>
  differences.length + refunds.length + effects.length + findings.length;

/** How much waits in every queue. @throws Problem not_found for who is no operator */
export async function countQueues(services: Pick<Services, 'db' | 'clock'>, operator: Actor): Promise<Count> {
  const [waiting, exceptions] = await Promise.all([countWaiting(services, operator), viewExceptions(services, operator)]);
  return { ...waiting, exceptions: countOf(exceptions) };
}
