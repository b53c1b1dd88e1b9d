import * as m from '#app/i18n/paraglide/messages.js';
import { NavA } from '#app/ui/link.tsx';

/** What waits for the operator, by kind. */
export function Queues({ count }: { count: { proofs: number; accreditations: number } }) {
  const item =
    'inline-flex min-h-11 items-center border-b-2 border-transparent px-3 text-ink-2 aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink';
  return (
    <nav className="flex flex-wrap gap-1 border-b border-line" aria-label={m.operator_queues()}>
      <NavA to="/operator" end className={item}>
        {m.operator_queue_proofs({ count: count.proofs })}
      </NavA>
      <NavA to="/operator/accreditations" end className={item}>
        {m.operator_queue_accreditations({ count: count.accreditations })}
      </NavA>
    </nav>
  );
}
