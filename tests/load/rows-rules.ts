/** What runs without a server: matching, words, slots, the rollup, the hold. */
import Sqlite from 'better-sqlite3';
import { compareScope, type StoredRow, valuesOf } from '#app/modules/capability/import/compare-scope.ts';
import { judgeTable, proposeSettings } from '#app/modules/capability/import/judge-table.ts';
import { readFile } from '#app/modules/capability/import/read-file.server.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import { loadScopes, type Scopes } from '#app/modules/capability/search/load-scopes.server.ts';
import type { Catalogue } from '#app/modules/catalogue/catalogue.ts';
import { findByNeed } from '#app/modules/catalogue/find-by-need.server.ts';
import { loadCatalogue } from '#app/modules/catalogue/load-catalogue.server.ts';
import { NEED_DEFAULTS, type NeedText } from '#app/modules/catalogue/need-fields.ts';
import { needVocabulary } from '#app/modules/catalogue/need-vocabulary.ts';
import { readNeed } from '#app/modules/catalogue/read-need.server.ts';
import { readFilters } from '#app/modules/catalogue/search-query.ts';
import { mondayOfWeek, weekOf } from '#app/modules/parks/utilization.ts';
import { findStarts } from '#app/modules/scheduling/slot-search.ts';
import { viewUtilization } from '#app/read-models/view-utilization.server.ts';
import { openSqlite } from '#db/sqlite.server.ts';
import { format, interleaved, type Line, median, percentile, ratioLine, times } from './measure.ts';

export const NEEDS: Partial<NeedText>[] = [
  { item: '外径千分尺', n: '12', min: '0', max: '25', unit: 'mm', limit: '0.5', lunit: 'µm', place: 'suzhou' },
  { item: '压力表', min: '0', max: '60', unit: 'MPa', by: 'mpe', limit: '0.24', lunit: 'MPa' },
  { item: 'multimeter', min: '0', max: '10', unit: 'V', limit: '1', lunit: 'mV' },
  { min: '1', max: '100', unit: 'mm', limit: '2', lunit: 'µm', family: 'any' },
  { item: '数字多用表', min: '0', max: '10', unit: 'V', limit: '2', lunit: 'mV', pmin: '0.05', pmax: '1', punit: 'kHz' },
  { item: '量块', min: '0.5', max: '100', unit: 'mm', limit: '0.5', lunit: 'µm' },
  { item: 'E2 砝码', min: '1', max: '200', unit: 'g', limit: '1', lunit: 'mg' },
  { min: '3', max: '100', unit: 'mm', limit: '3', lunit: 'µm', k: '3', family: 'any' },
  { item: 'thermometer', min: '-40', max: '150', unit: '°C', limit: '0.05', lunit: '°C' },
];

/** One of the needs, from its words to the page of offers. */
export function askedNeed(catalogue: Catalogue, scopes: Scopes, i: number) {
  const text = { ...NEED_DEFAULTS, ...NEEDS[i % NEEDS.length] };
  const { need, pieces, family, place } = readNeed(text, needVocabulary(catalogue, scopes, Date.now()));
  if (!need) throw new Error(`need ${i} was not understood`);
  const filters = readFilters(new URLSearchParams(), ['fit']);
  return findByNeed({ catalogue, scopes }, { need, pieces, family, place, filters, bounds: {} });
}

/** Another price each time: an answer that is kept would measure nothing. */
let asked = 0;
export const askedWord = (catalogue: Catalogue, i: number) =>
  catalogue.search.search({
    words: ['校准', '检定', '测量', '电压'][i % 4] as string,
    facets: {},
    priceMin: asked++,
    sort: 'fit',
    offset: 0,
    limit: 24,
  });

/** Both on the same file, opened as the product opens it. */
export async function needAndWords(file: string, rounds: number, limit = 10): Promise<Line[]> {
  const db = openSqlite(file);
  const deps = { db, clock: Date.now };
  const [catalogue, scopes] = await Promise.all([loadCatalogue(deps).current(), loadScopes(deps).current()]);
  const ask = (i: number) => askedNeed(catalogue, scopes, i);
  const word = (i: number) => askedWord(catalogue, i);
  const sqlite = new Sqlite(file, { readonly: true });
  const probe = sqlite.prepare(
    'SELECT id, base_min, base_max, uncertainty FROM capability WHERE instrument_zh = ? AND base_min <= ? AND base_max >= ?',
  );
  await times(100, ask);
  await times(100, word);
  const needs: number[] = [];
  const words: number[] = [];
  const probes: number[] = [];
  for (let round = 0; round < rounds; round++) {
    needs.push(...(await times(300, ask)));
    probes.push(...(await times(300, () => probe.all('外径千分尺', 0, 0.025))));
    words.push(...(await times(300, word)));
  }
  sqlite.close();
  await db.close();
  return [
    {
      row: `search by need, ${scopes.capabilities.size >= 100_000 ? '100,000 capabilities, ' : ''}whole use case: p99`,
      ours: `${format(percentile(needs, 99))} ms (median ${format(median(needs))})`,
      limit: `${format(median(probes))} ms one indexed probe`,
      goal: `≤ ${limit} ms`,
      pass: percentile(needs, 99) <= limit,
    },
    {
      row: 'word search, common two-character word: p99',
      ours: `${format(percentile(words, 99))} ms (median ${format(median(words))})`,
      limit: '–',
      goal: '≤ 10 ms',
      pass: percentile(words, 99) <= 10,
    },
  ];
}

export const IMPORTED = 20_000;

/** A scope as a file: ranges, forms of uncertainty, and rows that raise questions. */
export function scopeFile(): Buffer {
  const forms = ['U=1.0 μm', 'U=0.06 μm+7×10⁻⁷L', 'U=Q[0.025 μm, 3×10⁻⁷L]', 'Urel=0.3 %', 'U=(1.0~2.6) μm', 'U=1.0', 'U=0.03 %'];
  const line = (i: number) =>
    `仪器${i % 3000},示值误差,JJF ${1000 + (i % 400)}-2015,(${(i % 40) * 25}~${(i % 40) * 25 + 25}) mm,${forms[i % forms.length]}${i % 2 ? '' : ' (k=2)'}`;
  const csv = `测量仪器名称,被测量,规范名称及代号,测量范围,扩展不确定度\n${Array.from({ length: IMPORTED }, (_, i) => line(i)).join('\n')}`;
  return Buffer.from(csv);
}

/** Read, parsed, judged, and compared with a scope as large: what the page of an import waits for. */
export async function scopeImport(rounds: number): Promise<Line[]> {
  const bytes = scopeFile();
  const once = async (scope: StoredRow[]) => {
    const file = await readFile(bytes);
    if (!file.ok) throw new Error(file.reason);
    const { sheets, k } = proposeSettings(file.rows);
    const { rows } = judgeTable(file.rows, sheets, { k, field: 'dimensional' }, parseUnit);
    if (rows.length !== IMPORTED) throw new Error(`${rows.length} rows were judged`);
    const values = rows.flatMap((row) => row.rows.map((one) => valuesOf(one, null)));
    return { values, difference: compareScope(scope, values) };
  };
  const scope = (await once([])).values.map((values, i) => ({ ...values, id: String(i) }));
  const rates: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const [ms] = await times(1, () => once(scope));
    rates.push((IMPORTED / (ms as number)) * 1000);
  }
  return [
    {
      row: 'import of 20,000 rows: read, parsed, judged, compared',
      ours: `${format(median(rates))} rows/s [${format(Math.min(...rates))}–${format(Math.max(...rates))}]`,
      limit: '–',
      goal: '≥ 5000 rows/s',
      pass: median(rates) >= 5000,
    },
  ];
}

const ZONE = 'Asia/Shanghai';
const MONDAY = Date.UTC(2026, 10, 22, 16);
const DAY = 86_400_000;
const OFFICE = [
  { from: 540, until: 720 },
  { from: 810, until: 1050 },
];

function pools(count: number, resources: number, busy: number) {
  const calendar = {
    zone: ZONE,
    weekly: { 1: OFFICE, 2: OFFICE, 3: OFFICE, 4: OFFICE, 5: OFFICE, 6: [], 7: [] },
    keepsPublicHolidays: true,
    closures: [],
  };
  const cell = MONDAY / 1_800_000;
  return Array.from({ length: count }, (_, p) => ({
    id: `p${p}`,
    gridMinutes: 30,
    calendar,
    resources: Array.from({ length: resources }, (_, r) => ({
      id: `p${p}r${r}`,
      busy: Int32Array.from(
        new Set(Array.from({ length: Math.ceil(busy / resources) }, (_, i) => cell + ((i * 7919 + r * 104_729 + p) % (60 * 48)))),
      ).sort(),
    })),
  }));
}

/** A 30-minute grid, a 90-minute job; the calendar is worked out anew each time. */
export async function slotSearch(rounds: number): Promise<Line[]> {
  const shapes = [
    { row: 'slot search, one pool, 200 busy intervals', pools: pools(1, 1, 200), floor: 2000, count: 2000 },
    { row: 'slot search, three pools of 10', pools: pools(3, 10, 200), floor: 200, count: 500 },
    { row: 'slot search, bench + technician + standard, 10 each, 90 days', pools: pools(3, 10, 300), floor: 100, count: 300, days: 90 },
  ];
  return shapes.map(({ row, pools: given, floor, count, days = 60 }) => {
    const ask = () => findStarts({ pools: given, minutes: 90, from: MONDAY, until: MONDAY + days * DAY });
    if (ask().length === 0) throw new Error('nothing is free: the case measures nothing');
    const rates = Array.from({ length: rounds }, () => {
      const began = performance.now();
      for (let i = 0; i < count; i++) ask();
      return (count / (performance.now() - began)) * 1000;
    });
    return {
      row,
      ours: `${format(median(rates))} windows/s [${format(Math.min(...rates))}–${format(Math.max(...rates))}]`,
      limit: '–',
      goal: `≥ ${floor} windows/s`,
      pass: median(rates) >= floor,
    };
  });
}

/** Twelve months of the park that has all 500 centres, against reading its rollup by one statement. */
export async function parkUtilization(file: string, rounds: number): Promise<Line[]> {
  const db = openSqlite(file);
  const sqlite = new Sqlite(file, { readonly: true });
  const lastWeek = weekOf(Math.floor(Date.now() / DAY));
  const firstWeek = lastWeek - 51;
  const statement = sqlite.prepare(
    `SELECT pool_id, (day + 3) / 7 AS week, sum(open_minutes), sum(booked_minutes), sum(used_minutes) FROM resource_day
     WHERE pool_id IN (SELECT p.id FROM pool p JOIN centre c ON c.id = p.centre_id WHERE c.park_id = 'bench-park') AND day >= ? AND day < ? GROUP BY pool_id, week`,
  );
  // Ours also reads the year before, to compare with.
  const from = mondayOfWeek(firstWeek - 52);
  const until = mondayOfWeek(lastWeek + 1);
  const once = async (work: () => unknown) => (await times(1, work))[0] as number;
  const pairs = await interleaved(
    rounds,
    () =>
      once(() =>
        viewUtilization(
          { db },
          { personId: '', organisationId: 'bench-park', organisationKind: 'park', role: 'administrator' },
          { firstWeek, lastWeek },
        ),
      ),
    () => once(() => statement.all(from, until)),
  );
  sqlite.close();
  await db.close();
  return [ratioLine('park utilization, 500 centres, 12 months', pairs, 'ms', { ceiling: 2 })];
}
