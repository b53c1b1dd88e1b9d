import type { Progress } from '#db/schema/orders.ts';

/** One station on an order's way. `at` UTC ms when it was reached; a station still ahead has none. */
export type Step = { progress: Progress; state: 'done' | 'now' | 'ahead' | 'ended'; at: number | null };

const WAY: readonly Progress[] = ['held', 'confirmed', 'received', 'in_service', 'reported', 'closed'];
const ENDS: readonly Progress[] = ['declined', 'cancelled', 'expired'];
/** Which station an event reaches. Money that came when there was no slot left reaches none. */
const REACHES: Readonly<Record<string, Progress>> = {
  requested: 'requested',
  held: 'held',
  accepted: 'held',
  declined: 'declined',
  paid: 'confirmed',
  late_booked: 'confirmed',
  received: 'received',
  in_service: 'in_service',
  reported: 'reported',
  closed: 'closed',
  cancelled: 'cancelled',
  paid_unverified: 'cancelled',
  expired: 'expired',
};

/**
 * The way of an order as its page draws it: stations passed, the one it stands at, those ahead. One that ended early shows where it
 * ended and nothing ahead; work that had nothing to receive leaves that station out.
 */
export function stepsOf(order: { progress: Progress; beginsAtOnce: boolean }, events: readonly { kind: string; at: number }[]): Step[] {
  const reached = new Map<Progress, number>();
  for (const { kind, at } of events) {
    const station = Object.hasOwn(REACHES, kind) ? REACHES[kind] : undefined;
    if (station) reached.set(station, at);
  }
  const way: Progress[] = reached.has('requested') ? ['requested', ...WAY] : [...WAY];
  const passed = (progress: Progress): Step => ({ progress, state: 'done', at: reached.get(progress) ?? null });
  if (ENDS.includes(order.progress)) {
    const before = way.filter((progress) => reached.has(progress)).map(passed);
    return [...before, { progress: order.progress, state: 'ended', at: reached.get(order.progress) ?? null }];
  }
  const here = way.indexOf(order.progress);
  return way.flatMap((progress, i): Step[] => {
    if (i > here) return order.beginsAtOnce && progress === 'received' ? [] : [{ progress, state: 'ahead', at: null }];
    if (i === here) return [{ progress, state: order.progress === 'closed' ? 'done' : 'now', at: reached.get(progress) ?? null }];
    return progress === 'received' && !reached.has(progress) ? [] : [passed(progress)];
  });
}
