import { Form } from '@remix-run/react';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';

/** Chooses one pool of a calendar; `kept` stays in the address. */
export function PoolFilter({
  path,
  kept,
  pools,
  poolId,
}: {
  path: string;
  kept: Record<string, string | number | undefined>;
  pools: { id: string; nameZh: string; nameEn: string }[];
  poolId: string;
}) {
  return (
    <Form action={localePath(path)} method="get" className="flex items-center gap-2">
      {Object.entries(kept).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <select name="pool" className="control" defaultValue={poolId} aria-label={m.centre_pool_filter()}>
        <option value="">{m.centre_all_pools()}</option>
        {pools.map((pool) => (
          <option key={pool.id} value={pool.id}>
            {pick(pool.nameZh, pool.nameEn)}
          </option>
        ))}
      </select>
      <button type="submit" className="btn small">
        {m.centre_show()}
      </button>
    </Form>
  );
}
