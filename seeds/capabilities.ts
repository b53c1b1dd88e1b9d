import { formatUnit, superscript } from '#app/modules/capability/rules/units/quantities.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import type { capability } from '#db/schema/capability.ts';
import { fromSeed, type SeedRow } from '#seeds/capability-row.ts';
import { accreditationId, centreId } from './centres.ts';
import rows from './data/capabilities.json' with { type: 'json' };
import words from './data/capability-words.json' with { type: 'json' };
import centres from './data/demonstration-centres.json' with { type: 'json' };
import serviceRows from './data/services.json' with { type: 'json' };
import { randomFrom, seedId } from './ids.ts';

type DataRow = SeedRow & { u_text_zh: string };
type Offer = { centre: string; row: DataRow };

/** How a centre's uncertainty compares with its fellows': below 1 is better. The least exact of them has the row as it was composed. */
const EXACTNESS: Record<string, number> = {
  'jiangnan-methods': 0.5,
  'gusu-precision': 0.8,
  'longcheng-thermal': 0.8,
  'jinji-electronics': 0.8,
  'gehu-force': 0.9,
  'yanling-flow': 0.9,
  'jialing-sensor': 1,
  'bayu-electrical': 1.1,
  'taihu-geometry': 1,
  'jinyun-chemistry': 1.2,
  'liangjiang-acoustics': 1.2,
  'yangcheng-emc': 1.5,
  'park-station': 1.6,
};

/** Who has the instruments no service of the demonstration is sold on. */
const HOME: Record<string, string[]> = {
  几何量: ['gusu-precision', 'taihu-geometry'],
  热学: ['longcheng-thermal', 'jialing-sensor'],
  压力: ['jialing-sensor', 'longcheng-thermal'],
  质量: ['gehu-force', 'gusu-precision'],
  力学: ['gehu-force', 'gusu-precision'],
  振动: ['liangjiang-acoustics', 'gehu-force'],
  流量: ['yanling-flow'],
  电磁: ['bayu-electrical', 'jinji-electronics'],
  无线电: ['jinji-electronics'],
  时间频率: ['jinji-electronics'],
  化学: ['jinyun-chemistry'],
  光学: ['jinyun-chemistry'],
  声学: ['liangjiang-acoustics'],
  电离辐射: ['liangjiang-acoustics'],
};

/** Share of the instruments without a service that a second centre measures too. */
const SECOND_CENTRE = 0.4;
/** Share of a centre's own variants of an undivided range that end earlier, and where. */
const NARROWER = 0.35;
const NARROWED_TO = 0.6;

/** Instruments a service is sold on. */
export const instrumentsOf = (row: { family: string; instrumentZh: string; capabilities?: string[] }): string[] =>
  row.capabilities ?? (row.family === 'calibration' || row.family === 'verification' ? [row.instrumentZh] : []);

const exactness = (centre: string) => EXACTNESS[centre] ?? 1;

function centresOf(instrument: string, field: string): string[] {
  const selling = (serviceRows as { family: string; instrumentZh: string; capabilities?: string[]; offers: { centre: string }[] }[])
    .filter((row) => instrumentsOf(row).includes(instrument))
    .flatMap((row) => row.offers.map((offer) => offer.centre));
  if (selling.length > 0) return [...new Set(selling)];
  const [first = '', second] = HOME[field] ?? [];
  return second && randomFrom(`second ${instrument}`)() < SECOND_CENTRE ? [first, second] : [first];
}

const significant = (value: number, digits = 2) => Number(value.toPrecision(digits));

const power = (value: number) => {
  const [mantissa, exponent] = value.toExponential().split('e');
  return `${mantissa}×10${superscript(String(Number(exponent)))}`;
};

function textOf(U: SeedRow['U']): string {
  const a = `${U.a} ${formatUnit(U.a_unit ?? '')}`.trim().replace('µ', 'μ');
  const percent = `${U.b_percent !== undefined && U.b_percent < 1e-4 ? power(U.b_percent) : U.b_percent} %`;
  switch (U.form) {
    case 'constant':
      return `U=${a}`;
    case 'relative':
      return `Urel=${percent}`;
    case 'linear_a_plus_bL':
      return `U=${a}+${power(U.b_rel ?? 0)}L`;
    case 'quadrature_Q_a_bL':
      return `U=Q[${a}, ${power(U.b_rel ?? 0)}L]`;
    default:
      return `U=${a}+${percent}×读数`;
  }
}

/** The row another centre states for the same instrument: U scaled, an undivided range sometimes shorter. */
function variant(row: DataRow, centre: string, factor: number): DataRow {
  const { a, b_rel, b_percent } = row.U;
  const U = {
    ...row.U,
    ...(a === undefined ? {} : { a: significant(a * factor) }),
    ...(b_rel === undefined ? {} : { b_rel: significant(b_rel * factor) }),
    ...(b_percent === undefined ? {} : { b_percent: significant(b_percent * factor) }),
  };
  const alone = rows.filter((r) => r.instrument_zh === row.instrument_zh && r.measurand_zh === row.measurand_zh).length === 1;
  const shorten = alone && row.range_min >= 0 && row.range_max > 0 && randomFrom(`range ${row.id} ${centre}`)() < NARROWER;
  const shorter = significant(row.range_max * NARROWED_TO, 1);
  return {
    ...row,
    id: `${row.id} ${centre}`,
    U,
    u_text_zh: textOf(U),
    range_max: shorten && shorter > row.range_min ? shorter : row.range_max,
  };
}

/** Every composed row, once as it is, and as variants at the other centres that offer the instrument. */
export function offeredRows(): Offer[] {
  return (rows as DataRow[]).flatMap((row) => {
    const offering = centresOf(row.instrument_zh, row.field_zh);
    const owner = offering.reduce((a, b) => (exactness(b) > exactness(a) ? b : a));
    return offering.map((centre) => ({
      centre,
      row: centre === owner ? row : variant(row, centre, exactness(centre) / exactness(owner)),
    }));
  });
}

const translate = (dictionary: Record<string, string>, text: string): string => {
  const found = dictionary[text];
  if (found === undefined) throw new Error(`No English for ${text}`);
  return found;
};
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function demonstrationCapabilities(createdAt: number): (typeof capability.$inferInsert)[] {
  const accreditedBy = new Map(centres.map(({ slug, accredited }) => [slug, accredited.find((kind) => kind !== 'internal')]));
  return offeredRows().map(({ centre, row }) => {
    const typed = fromSeed(row, centreId(centre));
    const unit = parseUnit(row.unit);
    if (!unit.ok) throw new Error(`${row.id}: unit ${row.unit}`);
    const kind = accreditedBy.get(centre);
    return {
      id: seedId('capability', row.id),
      centreId: centreId(centre),
      fieldZh: row.field_zh,
      instrumentZh: row.instrument_zh,
      instrumentEn: capital((words.instruments as Record<string, string>)[row.instrument_zh] ?? row.instrument_en),
      measurandZh: row.measurand_zh,
      measurandEn: capital(translate(words.measurands, row.measurand_zh)),
      method: row.method,
      rangeMin: row.range_min,
      rangeMax: row.range_max,
      unit: unit.unit.code,
      baseMin: typed.range?.base.min ?? 0,
      baseMax: typed.range?.base.max ?? 0,
      kind: unit.unit.kind,
      uncertainty: typed.stated ?? typed.uncertainty,
      // The composed text prints the unit one as a digit.
      uncertaintyText: row.u_text_zh.replace(/ 1$/, ''),
      secondParameters: typed.parameters,
      coverageFactor: typed.k,
      confidence: typed.confidence,
      comparisonFactor: typed.comparisonFactor,
      designation: typed.designation,
      conditionsZh: row.condition_zh,
      conditionsEn: capital(translate(words.conditions, row.condition_zh)),
      accreditationId: kind === undefined ? null : accreditationId(centre, kind),
      createdAt,
    };
  });
}
