/**
 * The notation of expanded uncertainty, read (`uncertainty-print.ts` prints it): `U=0.06 µm+7×10⁻⁷L`, `Urel=0.3 %`, `U=Q[0.025 µm, 3×10⁻⁷L]`, `U=(1.0~2.6) µm`,
 * `U=0.06 %FS`, `0.2 dB (0.1 Hz~100 kHz); 0.3 dB (100 kHz~1 MHz)`. Recursive descent over a scanner; nothing is ever evaluated as code.
 */
import { parameterNameOf } from './parameters.ts';
import { differenceKind, differenceToBase, fromBase, type Interval, RATIO_KIND, toBase, type Unit } from './quantities.ts';
import { normaliseFormula, Scanner, type UncertaintyReject, UncertaintyTextError } from './scanner.ts';
import type { ParameterCell, SimpleUncertainty, Slope, Term, Uncertainty } from './uncertainty.ts';

/** What the text alone does not say. */
export interface UncertaintyContext {
  /** Unit of the range the uncertainty belongs to. */
  unit: Unit;
  /** That range in `unit`; an interpolated form and a full scale need it. */
  range?: Interval;
  parseUnit(text: string): { ok: true; unit: Unit } | { ok: false };
}

/** Understood, but a person must confirm it. */
export type UncertaintyReview = 'percent_without_rel' | 'relative_on_offset_scale';
export type UncertaintyResult =
  | { ok: true; uncertainty: Uncertainty; reviews: UncertaintyReview[] }
  | { ok: false; reason: UncertaintyReject; at: number; found: string };

/** Names a linear part's variable may have without being defined: the measured value itself. */
const VARIABLE = /^(?:\|(?:L|l|x|X|t)\||读数|示值|of reading|reading|rdg|L|l|x|X)/;
const PREFIX = /^U\s{0,4}(rel|95|_rel)?\s{0,4}(?:\([^)]*\))?\s{0,4}=/i;
const UNIT = /^[^\s+,;()[\]~=×|<>]+/;

/** Reads `text`; a form it does not fully understand is refused with the position (in the normalised text), never guessed. */
export function parseUncertainty(text: string, context: UncertaintyContext): UncertaintyResult {
  const scanner = new Scanner(normaliseFormula(text));
  const reviews = new Set<UncertaintyReview>();
  try {
    const uncertainty = new FormParser(scanner, context, reviews).whole();
    return { ok: true, uncertainty, reviews: [...reviews] };
  } catch (error) {
    if (error instanceof UncertaintyTextError) return { ok: false, reason: error.reason, at: error.at, found: error.found };
    throw error;
  }
}

class FormParser {
  readonly #s: Scanner;
  readonly #context: UncertaintyContext;
  readonly #reviews: Set<UncertaintyReview>;

  constructor(scanner: Scanner, context: UncertaintyContext, reviews: Set<UncertaintyReview>) {
    this.#s = scanner;
    this.#context = context;
    this.#reviews = reviews;
  }

  whole(): Uncertainty {
    const cells: { when: ParameterCell[]; uncertainty: SimpleUncertainty }[] = [];
    do cells.push({ uncertainty: this.#simple(), when: this.#when() });
    while (this.#s.accept(';'));
    if (!this.#s.done()) throw this.#s.fail('unexpected_text');
    const [first] = cells;
    if (cells.length === 1 && first!.when.length === 0) return first!.uncertainty;
    if (cells.some((cell) => cell.when.length === 0)) throw this.#s.fail('parameter_unknown');
    return { form: 'table', cells };
  }

  #simple(): SimpleUncertainty {
    const prefix = this.#s.match(PREFIX);
    const named = prefix === null ? 'none' : /rel/i.test(prefix) ? 'relative' : 'absolute';
    if (this.#s.accept('Q[')) return this.#quadrature();
    if (this.#s.accept('(')) return this.#bracketed();
    const value = this.#number();
    const unitText = this.#unitText();
    // `7×10⁻⁷L`, and `Urel=1×10⁻⁷`: a share needs no unit.
    if (unitText === null && (this.#variable() || named === 'relative')) return this.#relative(this.#slope(value, '1'));
    const unit = this.#unit(unitText ?? '');
    if (this.#s.match(/^\s*F\.?\s?S\.?(?![A-Za-z])|^\s*满量程/)) return this.#fullScale(this.#slope(value, unit.code));
    if (this.#s.accept('×') ? this.#needVariable() : this.#variable()) return this.#relative(this.#slope(value, unit.code));
    if (named === 'relative' || (named === 'none' && unit.kind === RATIO_KIND && this.#context.unit.kind !== RATIO_KIND)) {
      return this.#relative(this.#slope(value, unit.code));
    }
    const a = this.#term(value, unit);
    return this.#s.accept('+') ? { form: 'sum', a, ...this.#proportional(this.#linearPart()) } : { form: 'constant', a };
  }

  /** After `(`: `1.0~2.6) µm` or `0.05 + 0.5L) µm, L in m`. */
  #bracketed(): SimpleUncertainty {
    const first = this.#number();
    if (this.#s.accept('~')) {
      const second = this.#number();
      this.#s.expect(')');
      const unit = this.#unit(this.#unitText() ?? '');
      const [x1, x2] = this.#interpolationRange();
      return { form: 'interpolated', x1, x2, u1: this.#term(first, unit), u2: this.#term(second, unit) };
    }
    this.#s.expect('+');
    const b = this.#number();
    this.#needVariable();
    this.#s.expect(')');
    const unit = this.#unit(this.#unitText() ?? '');
    return { form: 'sum', a: this.#term(first, unit), ...this.#proportional(this.#slopePerVariable(b, unit)) };
  }

  /** After `Q[`: `0.025 µm, 3×10⁻⁷L]`, or `0.05, 0.5L] µm, L in m`. */
  #quadrature(): SimpleUncertainty {
    const first = this.#number();
    const unitText = this.#unitText();
    this.#s.expect(',');
    if (unitText !== null) {
      const b = this.#linearPart();
      this.#s.expect(']');
      return { form: 'quadrature', a: this.#term(first, this.#unit(unitText)), ...this.#proportional(b) };
    }
    const b = this.#number();
    this.#needVariable();
    this.#s.expect(']');
    const unit = this.#unit(this.#unitText() ?? '');
    return { form: 'quadrature', a: this.#term(first, unit), ...this.#proportional(this.#slopePerVariable(b, unit)) };
  }

  #linearPart(): Slope {
    const value = this.#number();
    const unitText = this.#unitText();
    this.#s.accept('×');
    const ratio = unitText === null ? '1' : this.#unit(unitText).code;
    this.#needVariable();
    return this.#slope(value, ratio);
  }

  /** `(a + bL) unit` says nothing until the variable's own unit is stated: L in metres is not L in millimetres. */
  #slopePerVariable(value: number, unit: Unit): Slope {
    const stated = this.#s.match(/^[,\s]*(?:where\s+)?(?:L|l|x|X)\s*(?:in|:|单位为?)\s*/i);
    if (stated === null) throw this.#s.fail('undefined_variable');
    const variable = this.#unit(this.#unitText() ?? '');
    if (variable.kind !== this.#context.unit.kind) throw this.#s.fail('kind_differs');
    return this.#slope(value, `${unit.code}/${variable.code}`);
  }

  #fullScale(b: Slope): SimpleUncertainty {
    if (this.#s.accept('(')) {
      const span = this.#quantity();
      this.#s.expect(')');
      return { form: 'full_scale', b, span };
    }
    const { range, unit } = this.#context;
    if (!range) throw this.#s.fail('range_needed');
    return { form: 'full_scale', b, span: absolute(Math.max(Math.abs(range.min), Math.abs(range.max)), unit) };
  }

  #interpolationRange(): [Term, Term] {
    if (this.#s.accept('[')) {
      const from = this.#quantity();
      this.#s.expect('~');
      const to = this.#quantity();
      this.#s.expect(']');
      if (from.base >= to.base) throw this.#s.fail('reversed');
      return [from, to];
    }
    const { range, unit } = this.#context;
    if (!range || range.min >= range.max) throw this.#s.fail('range_needed');
    return [absolute(range.min, unit), absolute(range.max, unit)];
  }

  /** `(0.1 Hz~100 kHz, 20 ℃)` after a form. */
  #when(): ParameterCell[] {
    if (!this.#s.accept('(')) return [];
    const cells: ParameterCell[] = [];
    do cells.push(this.#cell());
    while (this.#s.accept(','));
    this.#s.expect(')');
    return cells;
  }

  #cell(): ParameterCell {
    const first = this.#signedNumber();
    const firstUnit = this.#unitText();
    const second = this.#s.accept('~') ? this.#signedNumber() : first;
    const unit = this.#unit((second === first ? firstUnit : (this.#unitText() ?? firstUnit)) ?? '');
    const parameter = parameterNameOf(unit.kind);
    if (parameter === null) throw this.#s.fail('parameter_unknown');
    // `0.1 Hz~100 kHz`: the first number keeps its own unit, but one unit is declared.
    const low = firstUnit === null || second === first ? first : fromBase(toBase(first, this.#unit(firstUnit, unit.kind)), unit);
    if (low > second) throw this.#s.fail('reversed');
    return { parameter, min: toBase(low, unit), max: toBase(second, unit), declared: { min: low, max: second, unit: unit.code } };
  }

  #quantity(): Term {
    return absolute(this.#signedNumber(), this.#unit(this.#unitText() ?? '', this.#context.unit.kind));
  }

  #number(): number {
    const value = this.#signedNumber();
    if (value < 0) throw this.#s.fail('negative');
    return value;
  }

  #signedNumber(): number {
    return this.#s.number();
  }

  #variable(): boolean {
    return this.#s.match(VARIABLE) !== null;
  }

  #needVariable(): true {
    if (this.#variable()) return true;
    throw this.#s.fail('undefined_variable');
  }

  /** The text of a unit standing here, or null before a variable or a separator. */
  #unitText(): string | null {
    const text = this.#s.peek(UNIT);
    if (text === null) return null;
    const variable = VARIABLE.exec(text);
    if (variable && variable[0] === text) {
      const litre = this.#context.parseUnit(text);
      if (litre.ok && litre.unit.kind === this.#context.unit.kind) throw this.#s.fail('ambiguous_variable');
      return null;
    }
    const [, percent] = /^(%)(?:F\.?S|rdg|of|读数|满量程)/.exec(text) ?? [];
    this.#s.skip((percent ?? text).length);
    if (text === '%' && this.#s.match(/^\s*RH/)) return '%RH';
    return percent ?? text;
  }

  #unit(text: string, kind?: string): Unit {
    const found = this.#context.parseUnit(text);
    if (!found.ok) throw this.#s.fail('unit_unknown', text);
    if (kind !== undefined && found.unit.kind !== kind) throw this.#s.fail('kind_differs', text);
    return found.unit;
  }

  #term(value: number, unit: Unit): Term {
    if (differenceKind(unit) !== differenceKind(this.#context.unit)) {
      if (unit.kind !== RATIO_KIND) throw this.#s.fail('kind_differs', unit.code);
      this.#reviews.add('percent_without_rel');
    }
    return { value, unit: unit.code, base: differenceToBase(value, unit) };
  }

  #slope(value: number, code: string): Slope {
    const unit = this.#unit(code, RATIO_KIND);
    return { value, unit: unit.code, base: differenceToBase(value, unit) };
  }

  #proportional(b: Slope): { b: Slope; origin?: number } {
    const origin = this.#context.unit.offset;
    return origin === 0 ? { b } : { b, origin };
  }

  #relative(b: Slope): SimpleUncertainty {
    if (this.#context.unit.offset !== 0) this.#reviews.add('relative_on_offset_scale');
    return { form: 'relative', ...this.#proportional(b) };
  }
}

function absolute(value: number, unit: Unit): Term {
  return { value, unit: unit.code, base: toBase(value, unit) };
}
