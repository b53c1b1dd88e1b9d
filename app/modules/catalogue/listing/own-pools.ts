import type { Queries } from '#db/queries.ts';
import type { PoolKind } from '#db/schema/scheduling.ts';

/** Those of the pools that are a centre's own. Handed in: pools stand below services in the order of the modules. */
export type OwnPools = (q: Queries, centreId: string, poolIds: readonly string[]) => Promise<{ id: string; kind: PoolKind }[]>;
