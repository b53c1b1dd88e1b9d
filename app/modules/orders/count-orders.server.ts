import { countAll, type Queries } from '#db/queries.ts';
import { orders } from '#db/schema/orders.ts';

/** How many orders stand at each step, holds among them. */
export const countOrders = (q: Queries) => q.select({ progress: orders.progress, count: countAll() }).from(orders).groupBy(orders.progress);
