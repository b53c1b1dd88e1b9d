import type { Actor } from '#app/core/actor.ts';
import { audit } from '#app/core/audit.server.ts';
import type { Deps } from '#app/core/deps.ts';
import { newId } from '#app/core/ids.server.ts';
import { Problem } from '#app/core/problem.ts';
import { closure } from '#db/schema/scheduling.ts';
import { closedPools, holdersWithin, hoursChanged, type OrderNumbers } from './closures.server.ts';
import { LONGEST_CLOSURE_MS } from './working-calendar.ts';

export type NewClosure = {
  centreId: string;
  /** Empty: the whole centre. */
  poolId: string | null;
  /** One resource of the pool alone: leave, a repair. */
  resourceId?: string | null;
  /** UTC ms, [fromAt, untilAt). */
  fromAt: number;
  untilAt: number;
  reasonZh?: string;
  reasonEn?: string;
};

/** At most so many orders are named; the page says how many there are in all. */
const NAMED = 5;

/**
 * Closes a resource, a pool, or the whole centre, for a time. What is booked stays booked: a closure over bookings is refused and names them.
 * @returns its id
 * @throws Problem not_found, forbidden, invalid_form, closure_has_bookings {orders, count}
 */
export async function addClosure(
  { db, clock, orderNumbers }: Pick<Deps, 'db' | 'clock'> & { orderNumbers: OrderNumbers },
  actor: Actor,
  input: NewClosure,
): Promise<string> {
  const { centreId, poolId, resourceId = null, fromAt, untilAt } = input;
  const refused = (field: string, reason: string) => new Problem('invalid_form', { field, reason });
  if (!Number.isSafeInteger(fromAt) || Math.abs(fromAt) > 8e15) throw refused('fromAt', 'required');
  if (!Number.isSafeInteger(untilAt) || untilAt <= fromAt) throw refused('untilAt', 'before_start');
  if (untilAt - fromAt > LONGEST_CLOSURE_MS) throw refused('untilAt', 'too_long');
  const reasonZh = input.reasonZh ?? '';
  const reasonEn = input.reasonEn ?? '';
  for (const [field, text] of [
    ['reasonZh', reasonZh],
    ['reasonEn', reasonEn],
  ] as const) {
    if (text.length > 500) throw refused(field, 'too_long');
    if (text.includes('\u0000')) throw refused(field, 'bad_character');
  }
  const span = { from: fromAt, until: untilAt };
  return db.write(async (tx) => {
    const now = clock();
    const poolHours = await closedPools(tx, actor, { centreId, poolId, resourceId });
    const booked = await orderNumbers(tx, await holdersWithin(tx, poolHours, span, resourceId));
    if (booked.length > 0) throw new Problem('closure_has_bookings', { orders: booked.slice(0, NAMED).join(', '), count: booked.length });
    const id = newId();
    await tx.insert(closure).values({
      id,
      centreId,
      poolId,
      resourceId,
      fromAt,
      untilAt,
      reasonZh: reasonZh.toWellFormed(),
      reasonEn: reasonEn.toWellFormed(),
      createdBy: actor.personId,
      createdAt: now,
    });
    await hoursChanged(tx, poolHours, span, now);
    await audit(
      tx,
      { chain: `centre:${centreId}`, actorId: actor.personId, action: 'closure.added', data: { id, poolId, resourceId, fromAt, untilAt } },
      now,
    );
    return id;
  });
}
