/** Recursive descent over the notation of uncertainties: sums of parts, spans, Q[…], tables. Nothing is ever evaluated as code. */
import { differenceToBase, isLevel, RATIO_KIND, type Unit } from '../units/quantities.ts';
import type { ParameterCell, SimpleUncertainty, Slope, Term, Uncertainty } from './uncertainty.ts';
import { absolute, type Figure, FigureReader, PLUS } from './uncertainty-figures.ts';
import { prefixOf, type UncertaintyPrefix } from './uncertainty-prefix.ts';
import { ofSpan, type Part, type ShareOf, shareOf, spanOf } from './uncertainty-shares.ts';
import { meantVariable, remarkedUnit, statedVariable } from './uncertainty-variables.ts';

export class UncertaintyParser extends FigureReader {
  #prefix!: UncertaintyPrefix;

  whole(): Uncertainty {
    const cells: { when: ParameterCell[]; uncertainty: SimpleUncertainty }[] = [];
    do {
      this.#prefix = prefixOf(this.s.rest());
      this.s.skip(this.#prefix.length);
      this.s.match(/^±/);
      if (this.#prefix.bound) this.of.doubts.confirm('u_at_most', 'u_at_most|≤', this.text);
      cells.push({ uncertainty: this.#simple(), when: this.when() });
    } while (this.s.accept(';'));
    if (!this.s.done()) throw this.s.fail('unexpected_text');
    const [first] = cells;
    if (cells.length === 1 && first!.when.length === 0) return first!.uncertainty;
    if (cells.some((cell) => cell.when.length === 0)) throw this.s.fail('parameter_unknown');
    return { form: 'table', cells };
  }

  #simple(): SimpleUncertainty {
    if (this.s.match(/^Q ?\[/)) return this.#form(this.figures(','), ']', 'quadrature');
    this.s.match(/^(?:from|von|从)(?![a-z])/);
    const start = this.s.at;
    if (this.s.accept('(')) {
      const figures = this.figures('+');
      this.s.expect(')');
      const unit = this.outerUnit(figures);
      for (const figure of figures) this.distribute(figure, unit);
      // `(0.05 %) + 2 mV`, `(1 µm) + 2×10⁻⁶L`: the bracket was about its first summand alone.
      while (this.s.match(PLUS)) figures.push(this.figure());
      return this.#form(figures, '', 'sum');
    }
    this.s.back(start);
    const figures = this.figures('+');
    // `0.08 + (1.0×L) µm`: the unit is the whole sum's.
    const last = figures.at(-1);
    if (last?.bracketed) for (const figure of figures) if (!figure.unit && !figure.power && !figure.variable) figure.unit = last.unit;
    return this.#form(figures, '', 'sum');
  }

  #form(figures: Figure[], closing: string, kind: 'sum' | 'quadrature'): SimpleUncertainty {
    if (closing) {
      this.s.expect(closing);
      const unit = this.outerUnit(figures);
      for (const figure of figures) if (unit && !figure.power) figure.unit ??= unit;
    }
    const stated = statedVariable(this.s, (text) => this.of.parseUnit(text));
    this.#meant(figures);
    const [only] = figures;
    if (figures.length === 1 && only!.other) return this.#span(only!, only!.other);
    if (figures.some((figure) => figure.other)) throw this.s.fail('unexpected_text');
    const main = figures.find((figure) => figure.unit && !figure.variable)?.unit;
    const parts = figures.map((figure) => this.#part(figure, figures.length > 1, main, stated));
    if (figures.length === 1 && only!.of === 'full' && 'a' in parts[0]!) return this.#fullScale(only!);
    const shared = kind === 'sum' ? this.#shared(figures, parts) : undefined;
    if (shared) return shared;
    return this.#sum(
      parts,
      kind,
      figures.some(({ of }) => of === 'full' || of === 'width' || of === 'range'),
    );
  }

  /** What the formula says its variable is: a person looks whether that is what the range is of. */
  #meant(figures: Figure[]): void {
    const meant = meantVariable(this.s);
    if (!meant) return;
    if (!figures.some(({ variable }) => variable === meant.name)) throw this.s.fail('undefined_variable', meant.name);
    this.of.doubts.confirm('variable_meant', `variable_meant|${meant.name} ${meant.words}`, `${meant.name}: ${meant.words}`);
  }

  #sum(parts: Part[], kind: 'sum' | 'quadrature', spans: boolean): SimpleUncertainty {
    const terms = parts.flatMap((part) => ('a' in part ? part.a : []));
    const slopes = parts.flatMap((part) => ('b' in part ? part.b : []));
    // Two parts in one unit are added where one of them is a share of the full scale; any others are a slip.
    if (terms.length > (spans ? 2 : 1) || slopes.length > 1) throw this.s.fail('unexpected_text');
    const a = terms.length === 2 ? this.#added(terms[0]!, terms[1]!) : terms[0];
    const [b] = slopes;
    if (a && b) return { form: kind, a, ...this.#proportional(b) };
    if (b) return { form: 'relative', ...this.#proportional(b) };
    return { form: 'constant', a: a! };
  }

  #added(a: Term, other: Term): Term {
    const unit = this.known(a.unit);
    const value = Number(((a.base + other.base) / unit.scale).toPrecision(12));
    return { value, unit: a.unit, base: differenceToBase(value, unit) };
  }

  #part(figure: Figure, summand: boolean, main: Unit | undefined, stated: { name: string; unit: Unit } | undefined): Part {
    const { value, unit, power, of, variable, over = 1 } = figure;
    if (variable !== undefined && of !== 'reading') return { b: this.#perVariable(figure, variable, value / over, main, stated) };
    if (unit && unit.kind !== RATIO_KIND) {
      if (of !== undefined) throw this.s.fail('kind_differs', unit.code);
      return { a: this.term(value, unit) };
    }
    if (!unit && !power && this.#prefix.named !== 'relative') return this.missingUnit();
    const slope = this.#slope(value, unit ?? this.known('1'));
    if (of === 'own') return { a: slope };
    if (of === 'full' || of === 'width' || of === 'range') return this.#ofSpan(slope, of, figure.span);
    if (unit?.code === 'dB/dB') return { b: { ...slope, unit: '1' } };
    if (!unit && this.#prefix.named === 'relative' && !power && value >= LARGEST_RATIO) return { b: this.#percentLost(value) };
    return shareOf(slope, this.#how(of, variable, summand && unit !== undefined), this.of, this.text);
  }

  #how(of: Figure['of'], variable: string | undefined, summand: boolean): ShareOf {
    if (of === 'reading') return variable ? 'formula' : 'words';
    if (this.#prefix.named === 'relative') return 'rel';
    if (summand) return 'summand';
    return this.#prefix.named === 'none' ? 'bare' : 'named';
  }

  /** `Urel=0.5`: a half, or half a percent. */
  #percentLost(value: number): Slope {
    const code = this.of.doubts.ask('percent_lost', 'percent_lost|rel', ['percent', 'ratio'], this.text, 'reject');
    return this.#slope(value, this.known(code === 'percent' ? '%' : '1'));
  }

  #ofSpan(slope: Slope, of: 'full' | 'width' | 'range', stated?: Term): Part {
    const { unit, range, doubts } = this.of;
    if (of === 'range' && doubts.ask('of_range', `of_range|${unit.kind}`, ['span', 'reading'], this.text) === 'reading')
      return { b: slope };
    if (stated) return { a: ofSpan(slope, stated.base / unit.scale, unit) };
    if (!range || isLevel(unit)) throw this.s.fail('range_needed');
    return { a: ofSpan(slope, spanOf(this.of, of === 'width' ? 'width' : 'full'), unit) };
  }

  /** `0.05 % FS+1 kPa`, `0.02 % rdg+0.01 % FS`: the share stays one, for instruments of other spans. */
  #shared(figures: readonly Figure[], parts: readonly Part[]): SimpleUncertainty | undefined {
    const full = figures.findIndex(({ of }) => of === 'full');
    const [share, part, rest, other] = [figures[full], parts[full], parts[1 - full], figures[1 - full]];
    if (figures.length !== 2 || !share || !part || !rest || !('a' in part) || other?.of === 'full') return undefined;
    const { form, ...stated } = this.#fullScale(share);
    if ('b' in rest) return { form: 'sum', a: part.a, ...this.#proportional(rest.b), share: stated };
    return other?.of === undefined || other.of === 'own' ? { form, ...stated, floor: rest.a } : undefined;
  }

  #fullScale(figure: Figure): Extract<SimpleUncertainty, { form: 'full_scale' }> {
    const { unit } = this.of;
    const value = spanOf(this.of, 'full');
    const span = figure.span ?? { value, unit: unit.code, base: differenceToBase(value, unit) };
    return { form: 'full_scale', b: this.#slope(figure.value, figure.unit ?? this.known('1')), span };
  }

  /** `5L`, `3.3D µin`, `L/500`: per value of the variable, in the unit it is stated in. */
  #perVariable(
    { unit, power, per }: Figure,
    name: string,
    value: number,
    main: Unit | undefined,
    stated: { name: string; unit: Unit } | undefined,
  ): Slope {
    const { unit: range, doubts, remarks, parseUnit } = this.of;
    if (unit?.kind === RATIO_KIND) return { ...this.#slope(value, unit), ...(unit.code === 'dB/dB' ? { unit: '1' } : {}) };
    if (!unit && power) return this.#slope(value, this.known('1'));
    const result = unit ?? main;
    if (!result) throw this.s.fail('undefined_variable');
    if (stated && stated.unit.kind !== range.kind) throw this.s.fail('kind_differs');
    const asked = () => {
      const usual = range.kind === 'L1' ? ['m', 'mm', '[in_i]'] : [range.code];
      const [head, ...rest] = [...new Set(usual.includes(range.code) ? usual : [...usual, range.code])].map((code) => `unit:${code}`);
      // Of ranges in inches and in millimetres the answers differ.
      const key = range.code === '[in_i]' || range.code === '[ft_i]' ? `variable_unit|${name}|${range.code}` : `variable_unit|${name}`;
      return this.known(doubts.ask('variable_unit', key, [head!, ...rest], name, 'reject').slice('unit:'.length));
    };
    const remarked = remarks === undefined ? undefined : remarkedUnit(remarks, name, parseUnit);
    const of = per ?? stated?.unit ?? (remarked?.kind === range.kind ? remarked : undefined) ?? asked();
    return this.#slope(value, this.known(`${result.code}/${of.code}`));
  }

  /** A span of U: how it runs is asked, unless its two points are stated. */
  #span(figure: Figure, other: { value: number; unit: Unit | undefined }): SimpleUncertainty {
    const { unit: range, doubts } = this.of;
    const ends = [figure, { ...figure, value: other.value, unit: other.unit ?? figure.unit }].map((end) =>
      this.#part(end, false, undefined, undefined),
    );
    const [u1, u2] = ends as [Part, Part];
    const points = this.#points();
    if ('a' in u1 && 'a' in u2) {
      const worst = u1.a.base > u2.a.base ? u1.a : u2.a;
      if (points) return { form: 'interpolated', x1: points[0], x2: points[1], u1: u1.a, u2: u2.a };
      const ends = this.#ends();
      const how = doubts.ask('u_over_range', 'u_over_range', ends ? ['worst', 'linear'] : ['worst'], this.text);
      return how === 'linear' && ends
        ? { form: 'interpolated', x1: ends[0], x2: ends[1], u1: u1.a, u2: u2.a }
        : { form: 'constant', a: worst };
    }
    if (!('b' in u1 && 'b' in u2) || points) throw this.s.fail('unexpected_text');
    const ends2 = this.#ends();
    // Between its ends the chord lies above the true curve only while the share grows.
    const linear = ends2 && u2.b.base >= u1.b.base && ends2[0].base >= range.offset;
    const how = doubts.ask('u_over_range', 'u_over_range', linear ? ['worst', 'linear'] : ['worst'], this.text);
    if (how !== 'linear' || !ends2) return { form: 'relative', ...this.#proportional(u1.b.base > u2.b.base ? u1.b : u2.b) };
    const at = (x: Term, { base }: Slope) => this.term(Number((((x.base - range.offset) * base) / range.scale).toPrecision(12)), range);
    return { form: 'interpolated', x1: ends2[0], x2: ends2[1], u1: at(ends2[0], u1.b), u2: at(ends2[1], u2.b) };
  }

  #ends(): [Term, Term] | undefined {
    const { range, unit } = this.of;
    return range && range.min < range.max ? [absolute(range.min, unit), absolute(range.max, unit)] : undefined;
  }

  /** `[20 mm~70 mm]`: where the two ends of U stand. */
  #points(): [Term, Term] | undefined {
    if (!this.s.accept('[')) return undefined;
    const from = this.quantity();
    if (!this.between()) throw this.s.fail('unexpected_text');
    const to = this.quantity();
    this.s.expect(']');
    if (from.base >= to.base) throw this.s.fail('reversed');
    return [from, to];
  }

  #slope(value: number, unit: Unit): Slope {
    if (unit.kind !== RATIO_KIND) throw this.s.fail('kind_differs', unit.code);
    return { value, unit: unit.code, base: differenceToBase(value, unit) };
  }

  #proportional(b: Slope): { b: Slope; origin?: number } {
    const origin = this.of.unit.offset;
    return origin === 0 ? { b } : { b, origin };
  }
}

/** A relative uncertainty as large as this without a percent sign has lost it more often than not. */
const LARGEST_RATIO = 0.02;
