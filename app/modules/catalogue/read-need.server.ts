/** From the holes of the sentence to a need matching can judge, or what is wrong with each hole. */
import { z } from 'zod';
import type { DeclaredRange } from '#app/modules/capability/rules/capability.ts';
import { parameterNameOf } from '#app/modules/capability/rules/parameters.ts';
import {
  type Coverage,
  comparisonFactor,
  isCompared,
  readCoverage,
  splitCoverage,
} from '#app/modules/capability/rules/uncertainty/coverage-factor.ts';
import { clean, differenceToBase, type Interval, RATIO_KIND, type Unit } from '#app/modules/capability/rules/units/quantities.ts';
import { parseUnit } from '#app/modules/capability/rules/units/units.server.ts';
import type { Need, Requirement } from '#app/modules/capability/search/matching.ts';
import type { ClassMeaning, SizeMeaning } from '#app/modules/capability/words/lexicon.ts';
import { MEASURING_FAMILIES, type NeedField, type NeedText } from './need-fields.ts';
import { type Assumed, type NominalRange, nominalRange } from './nominal-range.ts';

export type NeedProblem =
  | 'too_long'
  | 'item_unknown'
  | 'nothing_to_measure'
  | 'not_a_number'
  | 'absurd_number'
  | 'not_positive'
  | 'pieces_out_of_range'
  | 'reversed'
  | 'below_absolute_zero'
  | 'unit_missing'
  | 'unit_unknown'
  | 'parameter_unknown'
  | 'ratio_out_of_range'
  | 'coverage_unclear'
  | 'place_unknown'
  | 'not_a_date'
  | 'date_past'
  | 'date_far'
  | 'family_unknown';

export type NeedProblems = Partial<Record<NeedField, NeedProblem>>;

export type ReadNeed = {
  problems: NeedProblems;
  /** Null while a hole is wrong. */
  need: Need | null;
  pieces: number;
  family: (typeof MEASURING_FAMILIES)[number] | 'any';
  /** Key of a city. */
  place: string | null;
  /** Start of the day from which the work may be done, UTC ms. */
  from: number | null;
  /** What was assumed of a range that names a size, and the range that came of it. */
  assumed: Assumed[];
  range: DeclaredRange | null;
};

export type Traits = { classMeans: ClassMeaning | null; sizeMeans: SizeMeaning | null };

/** What names mean here: keys of instruments and measurands, the class or type named with them, and the cities there are. */
export type NeedVocabulary = {
  now: number;
  names: (text: string) => Pick<Need, 'instruments' | 'measurands' | 'designation'> | null;
  /** What a class and what one number say of an instrument. */
  traits: (text: string) => Traits;
  hasPlace: (city: string) => boolean;
};

const MOST_PIECES = 1000;
const LONGEST_ITEM = 60;
/** Nothing measured lies beyond; what does was typed by accident or to see what happens. */
const LARGEST = 1e15;
const YEAR_MS = 366 * 86_400_000;
const DAY_MS = 86_400_000;
/** Until a centre is chosen, a day is one of China's. */
const CHINA = '+08:00';

/** `25`, `-40`, `0.5`, `1e-3`, `2×10⁻⁶`, full-width digits; grouping by spaces only, since a comma may stand for a point. */
const numberText = z
  .string()
  .transform((text) =>
    text
      .replace(/[⁰¹²³⁴-⁹⁻]+/g, (power) => `^${power}`)
      .normalize('NFKC')
      .replace(/[−–—]/g, '-')
      .replace(/\s/g, '')
      .replace(/[×x*]10\^?(?=[-+\d])/i, 'e'),
  )
  .pipe(z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i, 'not_a_number'))
  .transform(Number)
  .pipe(z.number('absurd_number').refine((value) => Math.abs(value) <= LARGEST, 'absurd_number'));

const piecesText = numberText.refine((n) => Number.isInteger(n) && n >= 1 && n <= MOST_PIECES, 'pieces_out_of_range');
const positiveText = numberText.refine((value) => value > 0, 'not_positive');
const ratioText = numberText.refine((value) => value >= 1 && value <= 100, 'ratio_out_of_range');
const dayText = z.iso.date('not_a_date').transform((day) => Date.parse(`${day}T00:00:00${CHINA}`));

class Reader {
  readonly problems: NeedProblems = {};
  text: NeedText;
  constructor(text: NeedText) {
    this.text = text;
  }

  fail(field: NeedField, problem: NeedProblem): null {
    this.problems[field] ??= problem;
    return null;
  }

  /** Null when the hole is empty or wrong; the latter is noted. */
  read<T>(field: NeedField, schema: z.ZodType<T>): T | null {
    if (this.text[field] === '') return null;
    const parsed = schema.safeParse(this.text[field]);
    return parsed.success ? parsed.data : this.fail(field, (parsed.error.issues[0]?.message ?? 'not_a_number') as NeedProblem);
  }

  unit(field: NeedField, wanted: boolean): Unit | null {
    if (this.text[field] === '') return wanted ? this.fail(field, 'unit_missing') : null;
    const parsed = parseUnit(this.text[field]);
    return parsed.ok ? parsed.unit : this.fail(field, parsed.reason);
  }

  /** A range, or one point when only one end is given. */
  range(from: NeedField, to: NeedField, unitField: NeedField, size: SizeMeaning | null = null): NominalRange | null {
    const min = this.read(from, numberText);
    const max = this.read(to, numberText);
    const unit = this.unit(unitField, this.text[from] !== '' || this.text[to] !== '');
    if (this.problems[from] || this.problems[to] || !unit || (min === null && max === null)) return null;
    const low = min ?? (max as number);
    const high = max ?? low;
    if (low > high) return this.fail(to, 'reversed');
    const read = nominalRange({ min: max === null ? low : min, max: high, unit }, max === null ? null : size);
    // A scale with a zero point (°C, °F) has an absolute zero under it.
    if (read && unit.offset !== 0 && read.range.base.min < 0) return this.fail(from, 'below_absolute_zero');
    return read;
  }
}

export function readNeed(text: NeedText, words: NeedVocabulary): ReadNeed {
  const reader = new Reader(text);
  const pieces = reader.read('n', piecesText) ?? 1;
  const traits = words.traits(text.item);
  const { range = null, assumed = [], sureFrom } = reader.range('min', 'max', 'unit', traits.sizeMeans) ?? {};
  const unit = range?.unit ?? reader.unit('unit', false);
  const stated = requirementOf(reader, unit);
  const ofClass = text.accuracy === '' || text.limit !== '' ? null : requirementOfClass(reader, range, traits.classMeans);
  const required = stated ?? ofClass;
  // A class nothing follows from stays a question: no answer is called a fit for it.
  const unjudged = text.accuracy !== '' && text.limit === '' && !ofClass ? { unjudged: text.accuracy } : {};
  const parameters = parametersOf(reader);
  const from = dayOf(reader, words.now);
  const family = ([...MEASURING_FAMILIES, 'any'] as const).find((known) => known === text.family);
  if (!family) reader.fail('family', 'family_unknown');
  if (text.place && !words.hasPlace(text.place)) reader.fail('place', 'place_unknown');
  const names = namesOf(reader, words);
  if (names && names.instruments.length + names.measurands.length === 0 && !range && Object.keys(reader.problems).length === 0)
    reader.fail('item', 'nothing_to_measure');
  const extent: Interval[] = range ? [range.base] : [];
  const sound = Object.keys(reader.problems).length === 0 && names !== null;
  return {
    problems: reader.problems,
    need: sound
      ? {
          ...names,
          unit,
          extent,
          ...(sureFrom === undefined ? {} : { sureFrom }),
          required,
          parameters,
          at: from ?? words.now,
          ...unjudged,
        }
      : null,
    pieces,
    family: family ?? 'any',
    place: text.place || null,
    from,
    assumed,
    range,
  };
}

/** The MPE an accuracy class stands for: a share of the span or of the reading; null where the class says none, or the span is not known. */
function requirementOfClass(reader: Reader, range: DeclaredRange | null, means: ClassMeaning | null): Requirement | null {
  const value = reader.read('accuracy', positiveText);
  const ratio = reader.read('ratio', ratioText);
  if (value === null || ratio === null) return null;
  const share = value / PERCENT;
  if (means === 'reading') return { type: 'mpe_relative', mpe: share, ratio };
  const span = range ? range.base.max - range.base.min : 0;
  return means === 'span' && range && span > 0 ? { type: 'mpe', mpe: clean(share * span), unit: range.unit, ratio } : null;
}

const PERCENT = 100;

function namesOf(reader: Reader, words: NeedVocabulary) {
  const { item } = reader.text;
  if (item === '') return { instruments: [], measurands: [], designation: null };
  if ([...item].length > LONGEST_ITEM) return reader.fail('item', 'too_long');
  return words.names(item) ?? reader.fail('item', 'item_unknown');
}

/** k or level of the U asked for, from its own hole or beside the number or the unit (`0.5 µm (k=3)`), which are left without it. */
function coverageOf(reader: Reader): Coverage | null {
  const said: (Coverage | null)[] = reader.text.k === '' ? [] : [readCoverage(reader.text.k)];
  for (const field of ['limit', 'lunit'] as const) {
    const split = splitCoverage(reader.text[field]);
    if (!split) continue;
    reader.text = { ...reader.text, [field]: split.rest };
    said.push(split.coverage);
  }
  const [first = null, ...others] = said;
  if (said.length === 0) return null;
  // Two that differ leave open which is meant.
  const clear = first !== null && others.every((other) => other?.k === first.k && other.confidence === first.confidence);
  return clear ? first : reader.fail('k', 'coverage_unclear');
}

function requirementOf(reader: Reader, range: Unit | null): Requirement | null {
  const coverage = reader.text.by === 'mpe' ? null : coverageOf(reader);
  const limit = reader.read('limit', positiveText);
  const ratio = reader.text.by === 'mpe' ? reader.read('ratio', ratioText) : 1;
  const unit = reader.unit('lunit', reader.text.limit !== '');
  if (limit === null || ratio === null || !unit) return null;
  // A ratio of another quantity is a relative requirement: 0.1 % of volts; of a quantity that is itself a ratio, an absolute one.
  const relative = unit.kind === RATIO_KIND && range?.kind !== RATIO_KIND;
  const base = differenceToBase(limit, unit);
  if (reader.text.by === 'mpe') return relative ? { type: 'mpe_relative', mpe: base, ratio } : { type: 'mpe', mpe: base, unit, ratio };
  const stated = coverage && !isCompared(coverage) ? { stated: { limit: base, ...coverage } } : {};
  const compared = coverage ? clean(base * comparisonFactor(coverage)) : base;
  return relative ? { type: 'relative', limit: compared, ...stated } : { type: 'absolute', limit: compared, unit, ...stated };
}

function parametersOf(reader: Reader): { name: string; range: DeclaredRange }[] {
  const range = reader.range('pmin', 'pmax', 'punit')?.range;
  if (!range) return [];
  const name = parameterNameOf(range.unit.kind);
  if (name) return [{ name, range }];
  reader.fail('punit', 'parameter_unknown');
  return [];
}

function dayOf(reader: Reader, now: number): number | null {
  const day = reader.read('from', dayText);
  if (day === null) return null;
  if (day < now - DAY_MS) return reader.fail('from', 'date_past');
  return day > now + YEAR_MS ? reader.fail('from', 'date_far') : day;
}
