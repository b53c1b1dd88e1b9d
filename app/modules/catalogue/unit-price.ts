import type { VolumeTier } from '#db/schema/catalogue.ts';

/** Net 分 of each of so many: the last tier reached, else the plain price. Tiers in order of `from`. */
export function unitNetFor({ unitNet, volumeTiers }: { unitNet: number; volumeTiers: readonly VolumeTier[] }, quantity: number): number {
  let net = unitNet;
  for (const tier of volumeTiers) if (quantity >= tier.from) net = tier.unitNet;
  return net;
}
