import type { Queries } from '#db/queries.ts';

/** Services of a centre by the group of rows (`groupKey`) they are sold on. */
export type SoldGroups = ReadonlyMap<string, ReadonlySet<string>>;

/** What becomes of the services sold on the rows of a scope. Handed in: services stand on scopes. */
export type RowsOnSale = {
  groups(tx: Queries, centreId: string): Promise<SoldGroups>;
  /**
   * New rows join the services sold on the same instrument and method: a new issue of the scope leaves no service behind.
   * @param sold as it was before rows came or went
   * @returns ids of the services that changed
   */
  join(
    tx: Queries,
    sold: SoldGroups,
    rows: readonly { id: string; instrumentZh: string; instrumentEn: string; method: string }[],
  ): Promise<string[]>;
  /** Services sold on rows that go are sold without them. @returns ids of the services that changed */
  leave(tx: Queries, rowIds: readonly string[]): Promise<string[]>;
};
