import { and, eq, inArray } from 'drizzle-orm';
import type { OwnPools } from '#app/modules/catalogue/listing/own-pools.ts';
import { pool } from '#db/schema/scheduling.ts';

/** Of the pools a listing names, the centre's own. */
export const ownPools: OwnPools = async (q, centreId, poolIds) =>
  poolIds.length === 0
    ? []
    : q
        .select({ id: pool.id, kind: pool.kind })
        .from(pool)
        .where(and(inArray(pool.id, [...poolIds]), eq(pool.centreId, centreId)));
