/**
 * Percentages and other shares of an uncertainty: of what? Of the reading, where the scale allows it and the text says so; of levels, of
 * temperatures in degrees, of humidities and of hardness a share means something else, and a person says what.
 */
import type { Doubts } from '../doubts.ts';
import { differenceToBase, type Interval, isLevel, RATIO_KIND, type Unit } from '../units/quantities.ts';
import aliases from '../units/unit-aliases.json' with { type: 'json' };
import type { Slope, Term } from './uncertainty.ts';

/**
 * How a share says of what: as a formula (×|t|), in words (of reading), by its name (Urel), by standing in a sum, or not (`U=0.3 %`: `named`,
 * `0.3 %`: `bare`).
 */
export type ShareOf = 'formula' | 'words' | 'rel' | 'summand' | 'bare' | 'named';
/** Part of an uncertainty: in the quantity's own unit, or per value. */
export type Part = { a: Term } | { b: Slope };

export interface ShareContext {
  unit: Unit;
  /** In `unit`. */
  range?: Interval | undefined;
  doubts: Doubts;
  /** What else the row says, such as `L in m`. */
  remarks?: string | undefined;
  /** What the words of the row point to. */
  hints?: () => ReadonlySet<string>;
}

const SHARED = new Set(aliases.sharedScales.split(' '));
/** Counted in hundredths of something else: a percent of them may be one of their own. */
const HUNDREDTHS = new Set(['%RH', '%LEL', '%IACS']);
/** 20 lg for fields, 10 lg for powers. */
const FACTOR = { power: 10, field: 20 } as const;

export function shareOf(slope: Slope, how: ShareOf, context: ShareContext, found: string): Part {
  const { unit } = context;
  if (isLevel(unit)) return how === 'formula' ? { b: slope } : shareOfLevel(slope, context, found);
  if (how === 'formula') return { b: slope };
  if (unit.kind.startsWith('scale:') && !SHARED.has(unit.code)) return shareOfScale(slope, how, context, found);
  if (unit.offset !== 0) return shareOfDegrees(slope, how, context, found);
  // 1 s/d of a day's reading, or of the rate.
  const rate = unit.kind === 'T1' && /\/(?:d|h|min)$/.test(slope.unit);
  if ((how === 'words' || how === 'rel') && !rate) return { b: slope };
  if (unit.kind === RATIO_KIND) return shareOfRatio(slope, how, context, found);
  const asked = rate || how === 'named' || (slope.unit === '1' && how === 'bare') || (how === 'bare' && unit.kind.startsWith('scale:'));
  // 0.02 mm/m of a level's length is its inclination more often than a share of that length.
  if (unit.kind === 'L1' && /[a-z]\]?\/[a-z[]/.test(slope.unit) && context.hints?.().has('angle'))
    return chosen(context.doubts.ask('percent_without_rel', 'percent_of|inclination', ['own', 'reading', 'span'], found), slope, context);
  // A sensitivity over frequencies is no frequency.
  const response = unit.kind === 'T-1' && how !== 'words' && context.hints?.().has('response');
  if (response)
    return chosen(context.doubts.ask('percent_without_rel', 'percent_of|response', ['own', 'reading', 'span'], found), slope, context);
  if (!asked) return { b: slope };
  return chosen(context.doubts.ask('percent_without_rel', `percent_of|${unit.kind}`, ['reading', 'span', 'own'], found), slope, context);
}

/** 3 % of a power is 0.13 dB, whatever its level. */
function shareOfLevel({ base }: Slope, { unit, doubts }: ShareContext, found: string): Part {
  const known = unit.kind === 'level' ? null : unit.kind === 'level:voltage' ? 'field' : 'power';
  const other = known === 'field' ? 'power' : 'field';
  const choices: [string, string] = known ? [known, other] : ['power', 'field'];
  const kind = doubts.ask('level_share', `level_share|${unit.code}`, choices, found, known ? 'review' : 'reject') as keyof typeof FACTOR;
  const value = Number((FACTOR[kind] * Math.log10(1 + base)).toPrecision(6));
  return { a: { value, unit: 'dB', base: value } };
}

function shareOfScale(slope: Slope, how: ShareOf, context: ShareContext, found: string): Part {
  const { unit, doubts } = context;
  const hundredths = HUNDREDTHS.has(unit.code) && slope.unit === '%';
  // Concentrations and conductivities count from nothing: a share that says "of reading" is one.
  if (how === 'words' && (unit.code === '%LEL' || unit.code === '%IACS')) return { b: slope };
  const said = how === 'words' || how === 'rel';
  const choices: [string, ...string[]] = hundredths
    ? said
      ? ['reading', 'absolute', 'span']
      : ['absolute', 'reading', 'span']
    : said && HUNDREDTHS.has(unit.code)
      ? ['reading', 'span']
      : ['span', 'reading'];
  return chosen(doubts.ask('share_of_scale', `percent_of|${unit.kind}`, choices, found), slope, context);
}

function shareOfDegrees(slope: Slope, how: ShareOf, context: ShareContext, found: string): Part {
  const choices: [string, string] = how === 'words' ? ['reading', 'span'] : ['span', 'reading'];
  return chosen(context.doubts.ask('relative_on_offset_scale', `percent_of|${context.unit.code}`, choices, found), slope, context);
}

/** Of a quantity that is a ratio itself, `U=0.4 %` in its own unit is in that unit. */
function shareOfRatio(slope: Slope, how: ShareOf, context: ShareContext, found: string): Part {
  if (how === 'summand') return { b: slope };
  const same = slope.unit === context.unit.code;
  if ((how === 'named' && (same || slope.unit === '1')) || (same && slope.unit !== '%')) return { a: slope };
  const choices: [string, ...string[]] = same ? ['absolute', 'reading'] : ['reading', 'span', 'absolute'];
  return chosen(context.doubts.ask('percent_without_rel', `percent_of|${slope.unit} ${context.unit.code}`, choices, found), slope, context);
}

function chosen(answer: string, slope: Slope, context: ShareContext): Part {
  if (answer === 'reading') return { b: slope };
  if (answer === 'span') return { a: ofSpan(slope, spanOf(context, 'full'), context.unit) };
  // The result is a ratio itself, such as the error of a transformer over its current.
  if (answer === 'own') return { a: slope };
  // In the unit of the range: of a ratio the same unit is meant, of %RH its own.
  return {
    a: context.unit.kind === RATIO_KIND ? slope : { value: slope.value, unit: context.unit.code, base: slope.value * context.unit.scale },
  };
}

/** What a full scale, or a span, is: the larger end, or the width; degrees are counted from an arbitrary zero, so it is always the width. */
export function spanOf({ unit, range }: Pick<ShareContext, 'unit' | 'range'>, of: 'full' | 'width'): number {
  if (!range) return 0;
  return of === 'width' || unit.offset !== 0 ? range.max - range.min : Math.max(Math.abs(range.min), Math.abs(range.max));
}

/** A share of `span` (in `unit`) as a term in that unit, or in dB of a level. */
export function ofSpan(slope: Slope, span: number, unit: Unit): Term {
  const value = Number((slope.base * span).toPrecision(12));
  return { value, unit: isLevel(unit) ? 'dB' : unit.code, base: differenceToBase(value, unit) };
}
