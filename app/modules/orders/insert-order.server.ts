import { getTableColumns, sql } from 'drizzle-orm';
import type { Actor } from '#app/core/actor.ts';
import { publicNumber } from '#app/core/ids.server.ts';
import { poolsNeeded } from '#app/modules/scheduling/find-free-starts.server.ts';
import { prepare, type Queries } from '#db/queries.ts';
import { orderItem, orders } from '#db/schema/orders.ts';
import type { BookingInput } from './booking-form.ts';
import type { Judged } from './judge-booking.ts';
import type { BookableService } from './load-bookable-service.server.ts';
import type { Order } from './order-row.server.ts';
import { orderTexts } from './order-texts.ts';

export type NewOrder = {
  id: string;
  actor: Actor;
  bookable: BookableService;
  input: BookingInput;
  judged: Judged;
  /** Of the last cell claimed for the work. */
  endAt: number;
  state: Pick<Order, 'progress' | 'holdExpiresAt' | 'decisionDueAt'>;
};

/** Writes a new order with its items. Every booking comes by here, so both statements are built once. */
export async function insertOrder(tx: Queries, made: NewOrder, now: number): Promise<Order> {
  const order = rowOf(made, now);
  await prepare(tx, 'order_insert', (q) => q.insert(orders).values(placeholders as unknown as Order)).execute(order);
  for (const [position, item] of made.input.items.entries())
    await prepare(tx, 'order_item_insert', (q) =>
      q.insert(orderItem).values({
        orderId: sql.placeholder('orderId'),
        position: sql.placeholder('position'),
        name: sql.placeholder('name'),
        maker: sql.placeholder('maker'),
        model: sql.placeholder('model'),
        serial: sql.placeholder('serial'),
      }),
    ).execute({ orderId: order.id, position, ...item });
  return order;
}

const placeholders = Object.fromEntries(Object.keys(getTableColumns(orders)).map((name) => [name, sql.placeholder(name)]));

const rowOf = ({ id, actor, bookable, input, judged, endAt, state }: NewOrder, now: number): Order => ({
  id,
  number: publicNumber('HJ'),
  centreId: bookable.service.centreId,
  serviceId: bookable.service.id,
  buyerId: actor.organisationId,
  personId: actor.personId,
  ...state,
  payment: 'unpaid',
  snapshot: snapshotOf(bookable, judged, input.quantity),
  quantity: input.quantity,
  startAt: input.startAt,
  endAt,
  timeZone: bookable.centre.timeZone,
  deliveryMode: input.deliveryMode,
  address: input.address,
  ...orderTexts((name) => input[name]),
  expedited: input.expedited,
  currency: 'cny',
  ...judged.bill,
  refunded: 0,
  cancelPolicy: bookable.service.cancelPolicy,
  decisionReason: '',
  workBegunAt: null,
  submissionKey: input.submissionKey,
  version: 1,
  createdAt: now,
  updatedAt: now,
});

/** The service as it was bought: what is changed in it later does not change the order. */
function snapshotOf(
  { service, poolHours }: BookableService,
  { minutes, travelMinutes, choice, dated }: Judged,
  quantity: number,
): Order['snapshot'] {
  return {
    version: service.version,
    slug: service.slug,
    nameZh: service.nameZh,
    nameEn: service.nameEn,
    family: service.family,
    specification: service.specification,
    unit: service.unit,
    turnaroundDays: service.turnaroundDays,
    poolIds: poolsNeeded(poolHours, service, quantity).map((hours) => hours.id),
    minutes,
    ...(service.family === 'shared_equipment' && service.operation ? { operation: service.operation } : {}),
    ...(travelMinutes > 0 && { travelMinutes }),
    ...(service.bufferMinutes > 0 && { bufferMinutes: service.bufferMinutes }),
    ...(choice.points !== null && { points: choice.points }),
    ...(dated && { dated: true as const }),
  };
}
