import { expect } from 'vitest';
import type { Deps } from '#app/core/deps.ts';
import { dayNumber } from '#app/modules/scheduling/local-day.ts';
import { compareRollup } from '#app/modules/scheduling/rebuild-rollup.server.ts';

/** The minutes kept with every deed are those that claims, hours and closures give, over the season the tests live in. */
export async function expectRollupKept(deps: Pick<Deps, 'db'>, poolIds: readonly string[]): Promise<void> {
  for (const poolId of poolIds)
    expect(await compareRollup(deps, poolId, { firstDay: dayNumber('2026-11-01'), untilDay: dayNumber('2027-03-01') })).toEqual([]);
}
