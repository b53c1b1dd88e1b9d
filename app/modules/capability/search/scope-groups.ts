/** Rows of one instrument by one method: what a service is sold on, also when the rows themselves are replaced by a new import. */
type Named = { instrumentZh: string; instrumentEn: string; method: string };

/** The group's name, the same in every import: instrument and method as stated. */
export const groupKey = ({ instrumentZh, instrumentEn, method }: Named): string =>
  [instrumentZh || instrumentEn, method].map((part) => part.trim().replaceAll(/\s+/g, ' ')).join(' | ');
