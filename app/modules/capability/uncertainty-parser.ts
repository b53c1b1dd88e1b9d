/** Recursive descent over the notation of uncertainties: sums of parts, spans, Q[…], tables. Nothing is ever evaluated as code. */
import { parameterNameOf } from './parameters.ts';
import { differenceKind, differenceToBase, fromBase, isLevel, RATIO_KIND, toBase, type Unit } from './quantities.ts';
import { type TextContext, TextReader } from './text-reader.ts';
import type { ParameterCell, SimpleUncertainty, Slope, Term, Uncertainty } from './uncertainty.ts';
import { prefixOf, type UncertaintyPrefix } from './uncertainty-prefix.ts';
import { ofSpan, type Part, type ShareContext, type ShareOf, shareOf, spanOf } from './uncertainty-shares.ts';
import { isVariable, statedVariable, VARIABLE } from './uncertainty-variables.ts';

export type ParserContext = TextContext & ShareContext;

/** A number with what stands behind it, before it is known what it is a part of. */
interface Figure {
  value: number;
  /** Undefined where none is written. */
  unit: Unit | undefined;
  /** Written with a power of ten. */
  power: boolean;
  of: 'reading' | 'full' | 'width' | 'range' | 'own' | undefined;
  /** `FS(60 MPa)`: the span stated. */
  span?: Term;
  /** Symbol of the variable it is multiplied with; divided by `over`. */
  variable?: string;
  over?: number;
  /** `(1.0~2.6) µm`: the other end. */
  other?: { value: number; unit: Unit | undefined };
}

const OF = (words: string) => new RegExp(`^\\(?\\s?(?:${words})(?![A-Za-z])\\s?\\)?`, 'i');
const READING = OF(
  'of (?:the )?(?:reading|rdg\\.?|rd|indicated value|indication|measured value|value|output|setting|nominal(?: value)?|applied \\w{1,12}|input|timed interval|load|volume|mass|weight|force|torque|pressure|flow|time|length|m\\.?v\\.?|i\\.?v\\.?)|rdg\\.?|reading|i\\.?v\\.?|示值|读数|测量值|(?:des|vom|v\\.) ?(?:Messwert(?:e?s)?|Mw\\.?|M\\.)|(?:des|vom|v\\.) ?(?:Anzeigewert(?:e?s)?)',
);
const FULL = OF(
  '(?:of )?(?:the )?(?:full[ -]?scale(?: deflection)?|F\\. ?S\\.?(?: ?[DO]\\.?)?|FS[DO]?)|满量程|满度|引用|(?:des|vom|v\\.) ?(?:Endwert(?:e?s)?|E\\.)',
);
const WIDTH = OF('(?:of )?(?:the )?span|(?:der|von der) Messspanne');
const RANGE = OF('(?:of )?(?:the )?(?:range|rng\\.?)|量程|(?:des|vom) Messbereich(?:e?s)?');
const OWN = OF('abs');
const BETWEEN = /^\s?(?:~|to(?![a-z])|至|到|bis(?![a-z])|…|\.{2,3}|-(?=\s?[.\d]))/;
const PLUS = /^\s?(?:\+|plus(?![a-z]))/;
const OR = /^\s?(?:or|oder|或)(?![a-z])/;
const GREATER =
  /^[,;]?\s?\(?(?:whichever is (?:the )?(?:greater|larger|higher)|(?:je nachdem|der größere)[\p{L} ,]{0,40}|取(?:其中)?(?:较|最)?大[者值]?)\)?/iu;
const AT = /^\s?(?:@|at(?![a-z])|在|bei(?![a-z]))/;

export class UncertaintyParser extends TextReader {
  readonly #text: string;
  readonly #context: ParserContext;
  #prefix!: UncertaintyPrefix;

  constructor(text: string, context: ParserContext) {
    super(text, context);
    this.#text = text;
    this.#context = context;
  }

  whole(): Uncertainty {
    const cells: { when: ParameterCell[]; uncertainty: SimpleUncertainty }[] = [];
    do {
      this.#prefix = prefixOf(this.s.rest());
      this.s.skip(this.#prefix.length);
      this.s.match(/^±/);
      if (this.#prefix.bound) this.#context.doubts.confirm('u_at_most', 'u_at_most|≤', this.#text);
      cells.push({ uncertainty: this.#simple(), when: this.#when() });
    } while (this.s.accept(';'));
    if (!this.s.done()) throw this.s.fail('unexpected_text');
    const [first] = cells;
    if (cells.length === 1 && first!.when.length === 0) return first!.uncertainty;
    if (cells.some((cell) => cell.when.length === 0)) throw this.s.fail('parameter_unknown');
    return { form: 'table', cells };
  }

  #simple(): SimpleUncertainty {
    if (this.s.match(/^Q ?\[/)) return this.#form(this.#figures(','), ']', 'quadrature');
    this.s.match(/^(?:from|von|从)(?![a-z])/);
    const start = this.s.at;
    if (this.s.accept('(')) {
      const figures = this.#figures('+');
      this.s.expect(')');
      const unit = this.#outerUnit(figures);
      for (const figure of figures) this.#distribute(figure, unit);
      // `(0.05 %) + 2 mV`, `(1 µm) + 2×10⁻⁶L`: the bracket was about its first summand alone.
      while (this.s.match(PLUS)) figures.push(this.#figure());
      return this.#form(figures, '', 'sum');
    }
    this.s.back(start);
    return this.#form(this.#figures('+'), '', 'sum');
  }

  #figures(sign: '+' | ','): Figure[] {
    const figures = [this.#figure(sign === ',')];
    for (;;) {
      if (sign === ',' ? this.s.match(/^[,;]/) : this.s.match(PLUS)) figures.push(this.#figure(sign === ','));
      else if (sign === '+' && this.s.match(OR)) {
        figures.push(this.#figure());
        const found = this.s.match(GREATER);
        this.#context.doubts.ask('greater_of', 'greater_of|or', ['sum'], found ?? this.#text, 'reject');
      } else break;
    }
    if (sign === '+' && figures.length > 1 && this.s.match(GREATER))
      this.#context.doubts.ask('greater_of', 'greater_of|or', ['sum'], this.#text, 'reject');
    return figures;
  }

  #figure(inList = false): Figure {
    // `L/500`: one per five hundred.
    const leading = /^(?:\|?[A-Za-z]\|?)(?= ?\/ ?\d)/.exec(this.s.rest())?.[0];
    if (leading) {
      this.s.skip(leading.length);
      return { value: 1, unit: undefined, power: false, of: undefined, ...this.#divisor(leading) };
    }
    const value = this.#number(inList);
    const figure: Figure = { value, unit: undefined, power: this.s.power, of: undefined };
    if (!inList && this.#between()) {
      figure.other = { value: this.#number(), unit: undefined };
      figure.unit = this.#ownUnit();
      if (figure.other) figure.other.unit = figure.unit;
    } else {
      figure.unit = this.#ownUnit();
      if (!inList && figure.unit && this.#between()) {
        const second = this.#number();
        const unit = this.#ownUnit() ?? figure.unit;
        figure.other = { value: second, unit };
      }
    }
    this.#behind(figure);
    return figure;
  }

  #between(): boolean {
    return this.s.match(BETWEEN) !== null;
  }

  /** The unit of a figure; a symbol that can only be the variable is left standing. */
  #ownUnit(): Unit | undefined {
    const { unit: range } = this.#context;
    const text = this.peekUnit();
    if (text === null) return undefined;
    const variable = VARIABLE.exec(text)?.[0];
    if (variable !== undefined && variable === text) {
      const own = this.#context.parseUnit(text);
      if (own.ok && differenceKind(own.unit) === differenceKind(range)) {
        if (/^[Ll]$/.test(text)) throw this.s.fail('ambiguous_variable');
        return this.unitHere(range);
      }
      return undefined;
    }
    if (isVariable(text, range) && !this.#comparable(text)) return undefined;
    // dB per dB: a share of the level's own figure.
    if (text === 'dB/dB' && isLevel(range)) {
      this.s.skip(text.length);
      this.#context.doubts.confirm('level_slope', 'level_slope|dB', this.#text);
      const one = this.known('1');
      return { ...one, code: 'dB/dB' };
    }
    // A letter that is neither: a variable nobody has defined.
    if (/^[A-Za-z]$/.test(text) && !this.unitOf(text, range)) return undefined;
    return this.unitHere(range);
  }

  #comparable(text: string): boolean {
    const own = this.#context.parseUnit(text);
    return own.ok && (own.unit.kind === RATIO_KIND || differenceKind(own.unit) === differenceKind(this.#context.unit));
  }

  /** What a share is of, or the variable a figure is multiplied with. */
  #behind(figure: Figure): void {
    if (this.s.match(READING)) figure.of = 'reading';
    else if (this.s.match(FULL)) {
      figure.of = 'full';
      if (this.s.accept('(')) {
        figure.span = this.#term(this.s.number(), this.unitHere(this.#context.unit) ?? this.#missingUnit());
        this.s.expect(')');
      }
    } else if (this.s.match(WIDTH)) figure.of = 'width';
    else if (this.s.match(RANGE)) figure.of = 'range';
    else if (figure.unit?.kind === RATIO_KIND && this.s.match(OWN)) figure.of = 'own';
    else this.#variable(figure);
  }

  #variable(figure: Figure): void {
    const times = this.s.match(/^[×·]/) !== null;
    const symbol = this.s.peek(/^(?:\|[A-Za-z]\||读数|示值|reading|rdg|[A-Za-z])(?![A-Za-z0-9])/);
    if (symbol === null || !isVariable(symbol, this.#context.unit)) {
      if (times || /^(?:\|?[A-Za-z]\|?)$/.test(symbol ?? '')) throw this.s.fail('undefined_variable');
      return;
    }
    this.s.skip(symbol.length);
    if (/^(?:读数|示值|reading|rdg)$/.test(symbol)) figure.of = 'reading';
    Object.assign(figure, this.#divisor(symbol));
    // `5L µm`: the unit stands behind the variable.
    if (!figure.unit && !figure.power && this.peekUnit() !== null) figure.unit = this.unitHere(this.#context.unit);
  }

  #divisor(variable: string): Pick<Figure, 'variable' | 'over'> {
    return this.s.accept('/') ? { variable, over: this.#number() } : { variable };
  }

  #outerUnit(figures: Figure[]): Unit | undefined {
    const open = figures.some((figure) => !figure.unit);
    const text = this.peekUnit();
    if (!open || text === null) return undefined;
    return this.#ownUnit();
  }

  #distribute(figure: Figure, unit: Unit | undefined): void {
    if (!unit) return;
    // A power of ten beside a bracket's unit is no share any more: (0.8 + 6×10⁻⁶L) µm.
    if (figure.variable && !figure.unit) figure.power = false;
    figure.unit ??= unit;
    if (figure.other) figure.other.unit ??= unit;
    this.#afterBracket(figure);
  }

  /** `(0.05~0.3) % FS`. */
  #afterBracket(figure: Figure): void {
    if (figure.of === undefined && !figure.variable) this.#behind(figure);
  }

  #form(figures: Figure[], closing: string, kind: 'sum' | 'quadrature'): SimpleUncertainty {
    if (closing) {
      this.s.expect(closing);
      const unit = this.#outerUnit(figures);
      for (const figure of figures) if (unit && !figure.power) figure.unit ??= unit;
    }
    const stated = statedVariable(this.s, (text) => this.#context.parseUnit(text));
    const [only] = figures;
    if (figures.length === 1 && only!.other) return this.#span(only!, only!.other);
    if (figures.some((figure) => figure.other)) throw this.s.fail('unexpected_text');
    const main = figures.find((figure) => figure.unit && !figure.variable)?.unit;
    const parts = figures.map((figure) => this.#part(figure, figures.length > 1, main, stated));
    if (figures.length === 1 && only!.of === 'full' && 'a' in parts[0]!) return this.#fullScale(only!);
    return this.#sum(parts, kind);
  }

  #sum(parts: Part[], kind: 'sum' | 'quadrature'): SimpleUncertainty {
    const terms = parts.flatMap((part) => ('a' in part ? part.a : []));
    const slopes = parts.flatMap((part) => ('b' in part ? part.b : []));
    if (terms.length > 2 || slopes.length > 1) throw this.s.fail('unexpected_text');
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
      return { a: this.#term(value, unit) };
    }
    if (!unit && !power && this.#prefix.named !== 'relative') return this.#missingUnit();
    const slope = this.#slope(value, unit ?? this.known('1'));
    if (of === 'own') return { a: slope };
    if (of === 'full' || of === 'width' || of === 'range') return this.#ofSpan(slope, of, figure.span);
    if (unit?.code === 'dB/dB') return { b: { ...slope, unit: '1' } };
    if (!unit && this.#prefix.named === 'relative' && !power && value >= LARGEST_RATIO) return { b: this.#percentLost(value) };
    return shareOf(slope, this.#how(of, variable, summand), this.#context, this.#text);
  }

  #how(of: Figure['of'], variable: string | undefined, summand: boolean): ShareOf {
    if (of === 'reading') return variable ? 'formula' : 'words';
    if (this.#prefix.named === 'relative') return 'rel';
    if (summand) return 'summand';
    return this.#prefix.named === 'none' ? 'bare' : 'named';
  }

  /** `Urel=0.5`: a half, or half a percent. */
  #percentLost(value: number): Slope {
    const code = this.#context.doubts.ask('percent_lost', 'percent_lost|rel', ['percent', 'ratio'], this.#text, 'reject');
    return this.#slope(value, this.known(code === 'percent' ? '%' : '1'));
  }

  #ofSpan(slope: Slope, of: 'full' | 'width' | 'range', stated?: Term): Part {
    const { unit, range, doubts } = this.#context;
    if (of === 'range' && doubts.ask('of_range', `of_range|${unit.kind}`, ['span', 'reading'], this.#text) === 'reading')
      return { b: slope };
    if (stated) return { a: ofSpan(slope, stated.base / unit.scale, unit) };
    if (!range || isLevel(unit)) throw this.s.fail('range_needed');
    return { a: ofSpan(slope, spanOf(this.#context, of === 'width' ? 'width' : 'full'), unit) };
  }

  #fullScale(figure: Figure): SimpleUncertainty {
    const { unit } = this.#context;
    const value = spanOf(this.#context, 'full');
    const span = figure.span ?? { value, unit: unit.code, base: differenceToBase(value, unit) };
    return { form: 'full_scale', b: this.#slope(figure.value, figure.unit ?? this.known('1')), span };
  }

  /** `5L`, `3.3D µin`, `L/500`: per value of the variable, in the unit it is stated in. */
  #perVariable(
    { unit, power }: Figure,
    name: string,
    value: number,
    main: Unit | undefined,
    stated: { name: string; unit: Unit } | undefined,
  ): Slope {
    const { unit: range, doubts } = this.#context;
    if (unit?.kind === RATIO_KIND) return { ...this.#slope(value, unit), ...(unit.code === 'dB/dB' ? { unit: '1' } : {}) };
    if (!unit && power) return this.#slope(value, this.known('1'));
    const result = unit ?? main;
    if (!result) throw this.s.fail('undefined_variable');
    if (stated && stated.unit.kind !== range.kind) throw this.s.fail('kind_differs');
    const asked = () => {
      const usual = range.kind === 'L1' ? ['m', 'mm', '[in_i]'] : [range.code];
      const [head, ...rest] = [...new Set(usual.includes(range.code) ? usual : [...usual, range.code])].map((code) => `unit:${code}`);
      return this.known(doubts.ask('variable_unit', `variable_unit|${name}`, [head!, ...rest], name, 'reject').slice('unit:'.length));
    };
    const of = stated ? stated.unit : asked();
    return this.#slope(value, this.known(`${result.code}/${of.code}`));
  }

  /** A span of U: how it runs is asked, unless its two points are stated. */
  #span(figure: Figure, other: { value: number; unit: Unit | undefined }): SimpleUncertainty {
    const { unit: range, doubts } = this.#context;
    const ends = [figure, { ...figure, value: other.value, unit: other.unit ?? figure.unit }].map((end) =>
      this.#part(end, false, undefined, undefined),
    );
    const [u1, u2] = ends as [Part, Part];
    const points = this.#points();
    if ('a' in u1 && 'a' in u2) {
      const worst = u1.a.base > u2.a.base ? u1.a : u2.a;
      if (points) return { form: 'interpolated', x1: points[0], x2: points[1], u1: u1.a, u2: u2.a };
      const ends = this.#ends();
      const how = doubts.ask('u_over_range', 'u_over_range', ends ? ['worst', 'linear'] : ['worst'], this.#text);
      return how === 'linear' && ends
        ? { form: 'interpolated', x1: ends[0], x2: ends[1], u1: u1.a, u2: u2.a }
        : { form: 'constant', a: worst };
    }
    if (!('b' in u1 && 'b' in u2) || points) throw this.s.fail('unexpected_text');
    const ends2 = this.#ends();
    // Between its ends the chord lies above the true curve only while the share grows.
    const linear = ends2 && u2.b.base >= u1.b.base && ends2[0].base >= range.offset;
    const how = doubts.ask('u_over_range', 'u_over_range', linear ? ['worst', 'linear'] : ['worst'], this.#text);
    if (how !== 'linear' || !ends2) return { form: 'relative', ...this.#proportional(u1.b.base > u2.b.base ? u1.b : u2.b) };
    const at = (x: Term, { base }: Slope) => this.#term(Number((((x.base - range.offset) * base) / range.scale).toPrecision(12)), range);
    return { form: 'interpolated', x1: ends2[0], x2: ends2[1], u1: at(ends2[0], u1.b), u2: at(ends2[1], u2.b) };
  }

  #ends(): [Term, Term] | undefined {
    const { range, unit } = this.#context;
    return range && range.min < range.max ? [absolute(range.min, unit), absolute(range.max, unit)] : undefined;
  }

  /** `[20 mm~70 mm]`: where the two ends of U stand. */
  #points(): [Term, Term] | undefined {
    if (!this.s.accept('[')) return undefined;
    const from = this.#quantity();
    if (!this.#between()) throw this.s.fail('unexpected_text');
    const to = this.#quantity();
    this.s.expect(']');
    if (from.base >= to.base) throw this.s.fail('reversed');
    return [from, to];
  }

  /** `(0.1 Hz~100 kHz, 20 ℃)`, `@ 1 kHz`, `, 40 Hz~1 kHz` after a form. */
  #when(): ParameterCell[] {
    const cells: ParameterCell[] = [];
    if (this.s.accept('(')) {
      do cells.push(this.#cell());
      while (this.s.accept(','));
      this.s.expect(')');
    } else if (this.s.match(AT)) cells.push(this.#cell());
    else if (this.s.match(/^,/)) {
      do cells.push(this.#cell());
      while (this.s.accept(','));
      this.#context.doubts.confirm('cells_by_comma', 'cells_by_comma|,', this.#text);
    }
    return cells;
  }

  #cell(): ParameterCell {
    this.s.match(/^[A-Za-z\u4e00-\u9fff]{1,10} ?[:=]/);
    const first = this.s.number(true);
    const firstUnit = this.unitHere();
    const second = this.#between() ? this.s.number(true) : first;
    const unit = (second === first ? firstUnit : (this.unitHere() ?? firstUnit)) ?? this.#missingUnit();
    const parameter = parameterNameOf(unit.kind);
    if (parameter === null) throw this.s.fail('parameter_unknown', unit.code);
    if (firstUnit && firstUnit.kind !== unit.kind) throw this.s.fail('kind_differs', firstUnit.code);
    // `0.1 Hz~100 kHz`: the first number keeps its own unit, but one unit is declared.
    const low = !firstUnit || firstUnit.code === unit.code ? first : fromBase(toBase(first, firstUnit), unit);
    if (low > second) throw this.s.fail('reversed');
    return { parameter, min: toBase(low, unit), max: toBase(second, unit), declared: { min: low, max: second, unit: unit.code } };
  }

  #quantity(): Term {
    const value = this.s.number();
    const unit = this.unitHere(this.#context.unit) ?? this.#missingUnit();
    if (unit.kind !== this.#context.unit.kind) throw this.s.fail('kind_differs', unit.code);
    return absolute(value, unit);
  }

  #number(inList = false): number {
    const value = this.s.number(inList);
    if (value < 0) throw this.s.fail('negative');
    return value;
  }

  #missingUnit(): never {
    throw this.s.fail('unit_unknown', this.s.rest() || this.#text);
  }

  #term(value: number, unit: Unit): Term {
    if (differenceKind(unit) !== differenceKind(this.#context.unit)) throw this.s.fail('kind_differs', unit.code);
    return { value, unit: unit.code, base: differenceToBase(value, unit) };
  }

  #slope(value: number, unit: Unit): Slope {
    if (unit.kind !== RATIO_KIND) throw this.s.fail('kind_differs', unit.code);
    return { value, unit: unit.code, base: differenceToBase(value, unit) };
  }

  #proportional(b: Slope): { b: Slope; origin?: number } {
    const origin = this.#context.unit.offset;
    return origin === 0 ? { b } : { b, origin };
  }
}

function absolute(value: number, unit: Unit): Term {
  return { value, unit: unit.code, base: toBase(value, unit) };
}

/** A relative uncertainty as large as this without a percent sign has lost it more often than not. */
const LARGEST_RATIO = 0.02;
