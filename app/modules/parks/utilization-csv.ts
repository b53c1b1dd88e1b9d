import Papa from 'papaparse';
import { type HourKind, hourKind, idle, mondayOfWeek, type Utilization, utilization } from './utilization.ts';

export type Words = {
  centre: string;
  pool: string;
  kind: string;
  /** An hour of each is another thing: with its kind in a column of its own, nobody sums them unawares. */
  kinds: Record<HourKind, string>;
  week: string;
  open: string;
  booked: string;
  used: string;
  idle: string;
  utilization: string;
};

const hours = (minutes: number) => Math.round((minutes / 60) * 100) / 100;
const isoDay = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/**
 * The heat map's cells as rows: one per pool and week, hours with two decimals, so that the file's sums are the screen's.
 * Begins with a byte order mark, else Excel reads Chinese wrongly; cells that look like formulas are made plain text.
 */
export function utilizationCsv(data: Utilization, words: Words, name: (zh: string, en: string) => string): string {
  const rows = data.centres.flatMap((centre) =>
    centre.pools.flatMap((pool) =>
      pool.weeks.map((cell, i) => {
        const minutes = cell ?? { open: 0, booked: 0, used: 0 };
        const share = utilization(minutes);
        return [
          name(centre.nameZh, centre.nameEn),
          name(pool.nameZh, pool.nameEn),
          words.kinds[hourKind(pool.kind)],
          isoDay(mondayOfWeek(data.weeks[i] as number)),
          hours(minutes.open),
          hours(minutes.booked),
          hours(minutes.used),
          hours(idle(minutes)),
          share === null ? '' : Math.round(share * 1000) / 1000,
        ];
      }),
    ),
  );
  const fields = [words.centre, words.pool, words.kind, words.week, words.open, words.booked, words.used, words.idle, words.utilization];
  return `\uFEFF${Papa.unparse({ fields, data: rows }, { escapeFormulae: true })}\r\n`;
}
