/** What the columns of a scope mean: proposed from their headings, put right by a person. */

/** `skip` is a column nothing is taken from. */
export const COLUMN_FIELDS = [
  'skip',
  'field',
  'instrument',
  'instrument_en',
  'measurand',
  'measurand_en',
  'method',
  'range',
  'range_min',
  'range_max',
  'unit',
  'parameter',
  'uncertainty',
  'k',
  'designation',
  'conditions',
  'conditions_en',
] as const;
export type ColumnField = (typeof COLUMN_FIELDS)[number];

/** Headings as CNAS, the KCDB and A2LA print them; compared without case, spaces, brackets and what they hold. */
const HEADINGS: Record<Exclude<ColumnField, 'skip'>, string[]> = {
  field: ['专业', '领域', '检测领域', '专业领域', 'field', 'discipline', 'branch'],
  instrument: [
    '测量仪器名称',
    '仪器名称',
    '测量仪器',
    '校准对象',
    '被校仪器',
    '被测对象',
    '计量器具名称',
    '名称',
    'instrument',
    'equipment',
    'parameter/equipment',
    'parameter/range',
    'calibrationitem',
    'item',
    'instrumentorartifact',
    'instrumentorartefact',
    'deviceundertest',
  ],
  instrument_en: ['仪器英文名称', '英文名称', 'instrument_en', 'englishname', 'nameinenglish', 'instrumentinenglish'],
  measurand: [
    '被测量',
    '校准参量',
    '参量',
    '参数',
    '测量参数',
    '校准参数',
    '项目',
    'measurand',
    'quantity',
    'parameter',
    'calibrationparameter',
  ],
  measurand_en: ['被测量英文', 'measurand_en', 'measurandinenglish'],
  method: [
    '规范名称及代号',
    '规范名称及编号',
    '规范',
    '校准规范',
    '依据',
    '依据标准',
    '标准',
    '规程',
    '检定规程',
    '校准方法',
    '方法',
    'method',
    'procedure',
    'specification',
    'referencestandard,methodand/orequipment',
    'calibrationmethod',
    'standard',
  ],
  range: ['测量范围', '范围', '量程', '校准范围', '测量范围及单位', 'range', 'measurementrange', 'measuringrange', 'measurandlevelorrange'],
  range_min: ['下限', '最小值', '量程下限', 'from', 'min', 'minimum', 'minimumvalue', 'lowerlimit'],
  range_max: ['上限', '最大值', '量程上限', 'to', 'max', 'maximum', 'maximumvalue', 'upperlimit'],
  unit: ['单位', '量程单位', 'unit', 'units'],
  parameter: [
    '频率',
    '频率范围',
    '第二参数',
    '辅助参数',
    '测量条件参数',
    'frequency',
    'frequencyrange',
    'secondparameter',
    'condition',
    'measurementconditions',
  ],
  uncertainty: [
    '扩展不确定度',
    '不确定度',
    '测量不确定度',
    '校准和测量能力',
    'cmc',
    'u',
    'uncertainty',
    'expandeduncertainty',
    'expandeduncertaintyofmeasurement',
    'measurementuncertainty',
    'calibrationandmeasurementcapability',
    'bestuncertainty',
  ],
  k: ['包含因子', 'k', '包含因子k', 'coveragefactor'],
  designation: ['等级', '准确度等级', '型号', '规格', '分度号', '级别', 'class', 'type', 'designation', 'size'],
  conditions: ['说明', '备注', '条件', '限制说明', '环境条件', 'comments', 'comment', 'remarks', 'notes', 'conditions'],
  conditions_en: ['英文说明', 'conditions_en', 'remarksinenglish'],
};

const plain = (heading: string) =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)|\[[^\]]*\]/g, '')
    .replace(/[±\d⁰¹²³⁴⁵⁶⁷⁸⁹*†‡]/g, '')
    .replace(/\s+/g, '');

const KNOWN = new Map(
  (Object.entries(HEADINGS) as [ColumnField, string[]][]).flatMap(([field, names]) => names.map((name) => [plain(name), field] as const)),
);

/** What one heading says; `skip` when it says nothing known. */
export const fieldOfHeading = (heading: string): ColumnField => KNOWN.get(plain(heading)) ?? 'skip';

/** How a column is headed so that it is read back; empty for what nothing is taken from. */
export const headingOf = (field: ColumnField): string => (field === 'skip' ? '' : HEADINGS[field][0]!);

/** A table of a file: a sheet of a workbook, or the whole of a text. */
export interface ImportSheet {
  /** As the workbook names it; empty for a text. */
  name: string;
  /** False: its rows are passed over. */
  read: boolean;
  mapping: Mapping;
}

export interface Mapping {
  /** Index of the row with the headings; −1 when there is none. */
  headings: number;
  /** One per column. A meaning is given to one column at most. */
  columns: ColumnField[];
}

/** How far down headings are looked for: titles and addresses stand above them. */
const MOST_ABOVE = 30;

/** The row that reads most like headings, and what it says of each column. */
export function proposeMapping(rows: readonly (readonly string[])[]): Mapping {
  const width = rows.slice(0, 500).reduce((most, row) => Math.max(most, row.length), 0);
  let best: Mapping = { headings: -1, columns: Array.from({ length: width }, () => 'skip') };
  let known = 1;
  for (const [i, row] of rows.slice(0, MOST_ABOVE).entries()) {
    const columns = once(Array.from({ length: width }, (_, c) => fieldOfHeading(row[c] ?? '')));
    const count = columns.filter((field) => field !== 'skip').length;
    if (count > known) {
      known = count;
      best = { headings: i, columns };
    }
  }
  return best;
}

/** The first column keeps a meaning that several claim. */
function once(columns: ColumnField[]): ColumnField[] {
  const taken = new Set<ColumnField>();
  return columns.map((field) => {
    if (field === 'skip' || taken.has(field)) return 'skip';
    taken.add(field);
    return field;
  });
}

/** What is still needed before rows can be judged. */
export function missingColumns(columns: readonly ColumnField[]): ColumnField[] {
  const has = (field: ColumnField) => columns.includes(field);
  const missing: ColumnField[] = [];
  if (!has('instrument') && !has('instrument_en')) missing.push('instrument');
  if (!has('range') && !(has('range_min') && has('range_max'))) missing.push('range');
  if (!has('uncertainty')) missing.push('uncertainty');
  return missing;
}

/** The coverage factor a heading states: `扩展不确定度(k=2)`. */
export const factorOfHeading = (heading: string): number | null => {
  const [, k] = /k\s*=\s*(\d+(?:\.\d+)?)/i.exec(heading.normalize('NFKC')) ?? [];
  return k === undefined ? null : Number(k);
};
