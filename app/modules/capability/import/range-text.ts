/**
 * The notation of measuring ranges, read: `(0~25) mm`, `100 µA to 1 mA`, `±180°`, `Up to 4 in`, `10 mV~1000 V, 40 Hz~1 kHz`. What is not
 * fully understood is refused with the place; an open interval is no capability.
 */
import { declaredRange, type SecondParameter } from '../capability.ts';
import { parameterNameOf } from '../parameters.ts';
import { fromBase, toBase, type Unit } from '../quantities.ts';
import { normaliseFormula, Scanner, type UncertaintyReject, UncertaintyTextError } from '../scanner.ts';

export type RangeReject = UncertaintyReject | 'range_missing' | 'open_interval' | 'unit_missing' | 'one_quantity_twice';
/**
 * `lower_bound_assumed`: only an upper end is written, and zero was taken for the lower one. `point_assumed`: a bare number, taken for a
 * point; spreadsheets make such numbers of 1-25, which they take for a day.
 */
export type RangeReview = 'lower_bound_assumed' | 'point_assumed';

export interface ReadRange {
  ok: true;
  min: number;
  max: number;
  unit: Unit;
  parameters: SecondParameter[];
  reviews: RangeReview[];
}
export type RangeResult = ReadRange | { ok: false; reason: RangeReject; at: number; found: string };

export interface RangeContext {
  parseUnit(text: string): { ok: true; unit: Unit } | { ok: false };
  /** Unit of a column of its own, for numbers that carry none. */
  unit?: Unit;
}

type Part = { min: number; max: number; unit: Unit; review?: RangeReview };

/** Words for what stands between two ends, and before an only one. */
const BETWEEN = /^\s*(?:~|to\b|至|到|…|\.\.\.?|--?(?=\s*[-+\d(]))/i;
const UP_TO = /^(?:up\s+to|至多|不超过|最大|max\.?|≤|<=|<|＜)\s*/i;
const OPEN = /^(?:≥|>=|>|＞|from|大于|不小于|min\.?)\s*/i;
const OPEN_AFTER = /^\s*(?:以上|及以上|and\s+(?:above|up|over)|or\s+more)/i;
const UNDER_AFTER = /^\s*(?:以下|及以下|and\s+(?:below|under)|or\s+less)/i;
const PLUS_MINUS = /^(?:±|\+\/-)\s*/;
const UNIT = /^[^\s\d+,;()[\]~=×|<>≤≥±]+(?:[\d²³⁻¹]*(?:[/.·][^\s+,;()[\]~=×|<>≤≥±]+)*)?/;
const SEPARATOR = /^\s*[,;@]\s*/;

/** Reads one range with its second parameters; the part of the first kind is the range, the others are what it holds for. */
export function readRange(text: string, context: RangeContext): RangeResult {
  const normal = normaliseFormula(text);
  if (normal === '') return { ok: false, reason: 'range_missing', at: 0, found: '' };
  const scanner = new Scanner(normal);
  try {
    const parser = new RangeParser(scanner, context);
    const parts = parser.all();
    return assemble(parts, scanner);
  } catch (error) {
    if (error instanceof RangeTextError) return { ok: false, reason: error.reason, at: error.at, found: error.found };
    if (error instanceof UncertaintyTextError) return { ok: false, reason: error.reason, at: error.at, found: error.found };
    throw error;
  }
}

class RangeTextError extends Error {
  readonly reason: RangeReject;
  readonly at: number;
  readonly found: string;

  constructor(reason: RangeReject, at: number, found: string) {
    super(reason);
    this.reason = reason;
    this.at = at;
    this.found = found;
  }
}

function assemble(parts: Part[], scanner: Scanner): ReadRange {
  const [first, ...rest] = parts as [Part, ...Part[]];
  const parameters: SecondParameter[] = [];
  for (const { min, max, unit } of rest) {
    const name = parameterNameOf(unit.kind);
    const range = declaredRange(min, max, unit);
    if (unit.kind === first.unit.kind || parameters.some((known) => known.name === name)) throw refused(scanner, 'one_quantity_twice');
    if (!name || !range) throw scanner.fail('parameter_unknown', unit.code);
    parameters.push({ name, range });
  }
  return {
    ok: true,
    min: first.min,
    max: first.max,
    unit: first.unit,
    parameters,
    reviews: [...new Set(parts.flatMap((part) => part.review ?? []))],
  };
}

function refused(scanner: Scanner, reason: RangeReject): RangeTextError {
  const { at, found } = scanner.fail('unexpected_text');
  return new RangeTextError(reason, at, found);
}

class RangeParser {
  readonly #s: Scanner;
  readonly #context: RangeContext;

  constructor(scanner: Scanner, context: RangeContext) {
    this.#s = scanner;
    this.#context = context;
  }

  all(): Part[] {
    const parts = [this.#part(this.#context.unit)];
    while (!this.#s.done()) {
      // `10 mV~1 V (40 Hz~1 kHz)`, `10 mV~1 V, 40 Hz~1 kHz`, `1 V @ 1 kHz`.
      if (this.#s.match(SEPARATOR) !== null) parts.push(this.#part());
      else if (this.#s.accept('(')) {
        do parts.push(this.#part());
        while (this.#s.match(SEPARATOR) !== null);
        this.#s.expect(')');
      } else throw this.#s.fail('unexpected_text');
    }
    return parts;
  }

  #part(given?: Unit): Part {
    if (this.#s.match(OPEN) !== null) throw refused(this.#s, 'open_interval');
    if (this.#s.match(PLUS_MINUS) !== null) return this.#symmetric(given);
    if (this.#s.match(UP_TO) !== null) return this.#upTo(given);
    if (this.#s.accept('(')) return this.#bracketed(given);
    return this.#ends(given);
  }

  #symmetric(given: Unit | undefined): Part {
    const bracket = this.#s.accept('(');
    const value = this.#number();
    if (bracket) this.#s.expect(')');
    const unit = this.#unit(given);
    if (value < 0) throw this.#s.fail('negative');
    return { min: -value, max: value, unit };
  }

  #upTo(given: Unit | undefined): Part {
    const max = this.#number();
    const unit = this.#unit(given);
    if (max <= 0) throw this.#s.fail('reversed');
    return { min: 0, max, unit, review: 'lower_bound_assumed' };
  }

  /** `(0~25) mm`, `(-40~150) ℃`, `(20) mm`; or the whole in brackets, `(0 mm~25 mm)`. */
  #bracketed(given: Unit | undefined): Part {
    const min = this.#number();
    const minUnit = this.#unitHere();
    const max = this.#s.match(BETWEEN) === null ? undefined : this.#number();
    const inside = this.#unitHere();
    this.#s.expect(')');
    const unit = inside ?? (max === undefined ? minUnit : undefined) ?? this.#unit(given);
    return this.#interval(min, minUnit, max, unit);
  }

  #ends(given: Unit | undefined): Part {
    const min = this.#number();
    const minUnit = this.#unitHere();
    if (this.#s.match(BETWEEN) === null) {
      const unit = minUnit ?? given ?? this.#missing();
      if (this.#s.match(OPEN_AFTER) !== null) throw refused(this.#s, 'open_interval');
      if (this.#s.match(UNDER_AFTER) !== null) {
        if (min <= 0) throw this.#s.fail('reversed');
        return { min: 0, max: min, unit, review: 'lower_bound_assumed' };
      }
      return { min, max: min, unit, ...(minUnit ? {} : { review: 'point_assumed' as const }) };
    }
    const max = this.#number();
    return this.#interval(min, minUnit, max, this.#unit(given ?? minUnit));
  }

  #interval(min: number, minUnit: Unit | undefined, max: number | undefined, unit: Unit): Part {
    if (max === undefined) return { min, max: min, unit };
    if (minUnit && minUnit.kind !== unit.kind) throw this.#s.fail('kind_differs', minUnit.code);
    // `100 µA to 1 mA`: both ends in the unit of the upper one.
    const low = minUnit && minUnit.code !== unit.code ? fromBase(toBase(min, minUnit), unit) : min;
    if (low > max) throw this.#s.fail('reversed');
    return { min: low, max, unit };
  }

  #number(): number {
    return this.#s.number();
  }

  /** The unit standing here, if one does. */
  #unitHere(): Unit | undefined {
    // Chinese words follow a unit without a space: 25mm至50mm, 500mm以下.
    const text = this.#s.peek(UNIT)?.replace(/(?:至|到|及?以[上下]).*$/, '') || null;
    if (text === null || BETWEEN.test(text) || OPEN_AFTER.test(text) || UNDER_AFTER.test(text)) return undefined;
    if (text === '%' && this.#s.peek(/^%\s*RH/i) !== null) {
      this.#s.match(/^%\s*RH/i);
      return this.#known('%RH');
    }
    this.#s.skip(text.length);
    return this.#known(text);
  }

  #unit(given: Unit | undefined): Unit {
    return this.#unitHere() ?? given ?? this.#missing();
  }

  #known(text: string): Unit {
    const found = this.#context.parseUnit(text);
    if (!found.ok) throw this.#s.fail('unit_unknown', text);
    return found.unit;
  }

  #missing(): never {
    throw refused(this.#s, 'unit_missing');
  }
}
