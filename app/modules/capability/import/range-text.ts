/**
 * The notation of measuring ranges, read: `(0~25) mm`, `100 µA to 1 mA`, `±180°`, `Up to 4 in`, `K型 (300~1200) ℃`, `10 mV~1000 V, 40 Hz~1 kHz`.
 * What is not fully understood is asked or refused with the place; an open interval is no capability.
 */
import { declaredRange, type SecondParameter } from '../rules/capability.ts';
import { type Doubt, Doubts } from '../rules/doubts.ts';
import { parameterNameOf } from '../rules/parameters.ts';
import { TextError } from '../rules/scanner.ts';
import type { TextContext } from '../rules/text-reader.ts';
import { normaliseFormula } from '../rules/uncertainty/formula-text.ts';
import type { Unit } from '../rules/units/quantities.ts';
import { RangeParser } from './range-parser.ts';
import type { RangeContext, RangePart, RangeReject } from './range-reader.ts';

export type { RangeContext, RangeReject } from './range-reader.ts';

export interface ReadRange {
  ok: true;
  min: number;
  max: number;
  unit: Unit;
  /** Single points, where such are listed and nothing between them is meant. */
  points?: number[];
  parameters: SecondParameter[];
  /** Class, type, size or characteristic beside the numbers. */
  designation: string;
  /** Words beside the numbers that are a condition. */
  conditions: string;
  doubts: readonly Doubt[];
}
export type RangeResult = ReadRange | { ok: false; reason: RangeReject; at: number; found: string };

/** Reads one range with its second parameters; the part of the first kind is the range, the others are what it holds for. */
export function readRange(text: string, context: RangeContext & { doubts?: Doubts }): RangeResult {
  const normal = normaliseFormula(text);
  if (normal === '') return { ok: false, reason: 'range_missing', at: 0, found: '' };
  const doubts = context.doubts ?? new Doubts();
  const parser = new RangeParser(normal, { ...context, doubts });
  try {
    return assemble(parser, { ...context, doubts });
  } catch (error) {
    if (error instanceof TextError) return { ok: false, reason: error.reason, at: error.at, found: error.found };
    throw error;
  }
}

function assemble(parser: RangeParser, context: TextContext): ReadRange {
  const [first, ...rest] = parser.all() as [RangePart, ...RangePart[]];
  const parameters: SecondParameter[] = [];
  for (const { min, max, unit, points } of rest) {
    const name = parameterNameOf(unit.kind);
    const range = declaredRange(min, max, unit);
    if (unit.kind === first.unit.kind || parameters.some((known) => known.name === name)) {
      const { at, found } = parser.s.fail('unexpected_text');
      throw new TextError<RangeReject>('one_quantity_twice', at, found);
    }
    if (!name || !range || points) throw parser.s.fail('parameter_unknown', unit.code);
    parameters.push({ name, range });
  }
  return {
    ok: true,
    min: first.min,
    max: first.max,
    unit: parser.exact ? first.unit : marked(first.unit, context),
    ...(first.points ? { points: first.points } : {}),
    parameters,
    designation: parser.designation.join(' '),
    conditions: parser.conditions.join('; '),
    doubts: context.doubts.all,
  };
}

/** Values that are kept apart from others of their dimension say so. */
function marked(unit: Unit, { doubts, hints, parseUnit }: TextContext): Unit {
  const [, inner = unit.code, mark] = /^(.+)\{(\w+)\}$/.exec(unit.code) ?? [];
  const chosen = (code: string): Unit => {
    const found = parseUnit(code.slice('unit:'.length));
    return found.ok ? found.unit : unit;
  };
  if (mark === 'absolute') doubts.confirm('absolute_pressure', 'absolute_pressure|stated', unit.code);
  if (mark === 'pp') doubts.confirm('peak_to_peak', 'peak_to_peak|pp', unit.code);
  if (mark === 'standard')
    return chosen(doubts.ask('gas_reference', `gas_reference|${inner}`, [`unit:${unit.code}`, `unit:${inner}{normal}`], inner));
  if (mark === undefined && unit.kind === 'L-1M1T-2' && hints?.().has('absolute'))
    return chosen(
      doubts.ask(
        'absolute_pressure',
        `absolute_pressure|${inner}`,
        [`unit:${inner}{absolute}`, `unit:${inner}{gauge}`, `unit:${inner}`],
        inner,
      ),
    );
  return unit;
}
