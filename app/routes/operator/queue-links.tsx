import * as m from '#app/i18n/paraglide/messages.js';
import { NavA } from '#app/ui/link.tsx';

/** How much waits in each of the operator's queues. */
export type Count = { requests: number; accreditations: number; exceptions: number };

export function QueueLinks({ count }: { count: Count }) {
  const item =
    'inline-flex min-h-11 items-center border-b-2 border-transparent px-3 text-ink-2 aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';
  return (
    <nav className="flex flex-wrap gap-1 border-b border-line" aria-label={m.operator_queues()}>
      <NavA to="/operator" end className={item}>
        {m.operator_queue_verification_requests({ count: count.requests })}
      </NavA>
      <NavA to="/operator/accreditations" end className={item}>
        {m.operator_queue_accreditations({ count: count.accreditations })}
      </NavA>
      <NavA to="/operator/exceptions" end className={item}>
        {m.operator_queue_exceptions({ count: count.exceptions })}
      </NavA>
      <NavA to="/operator/people" end className={item}>
        {m.operator_queue_people()}
      </NavA>
      <NavA to="/operator/texts" className={item}>
        {m.legal_operator_nav()}
      </NavA>
    </nav>
  );
}
