/** Figures of an uncertainty, read: a number with its unit, what it is a share of, the variable it is multiplied with, and what it holds for. */
import { parameterNameOf } from '../parameters.ts';
import { type TextContext, TextReader } from '../text-reader.ts';
import { differenceKind, differenceToBase, fromBase, isLevel, RATIO_KIND, toBase, type Unit } from '../units/quantities.ts';
import type { ParameterCell, Term } from './uncertainty.ts';
import type { ShareContext } from './uncertainty-shares.ts';
import { isVariable, subscripted, VARIABLE, variableInWords } from './uncertainty-variables.ts';

export type ParserContext = TextContext & ShareContext;

/** A number with what stands behind it, before it is known what it is a part of. */
export interface Figure {
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
  /** Unit the variable is put in, where the formula says it beside it. */
  per?: Unit;
  /** The summand stood in brackets of its own, its unit behind them: 0.08 + (1.0×L) µm. */
  bracketed?: true;
  /** `(1.0~2.6) µm`: the other end. */
  other?: { value: number; unit: Unit | undefined };
}

const OF = (words: string) => new RegExp(`^\\(?\\s?(?:${words})(?![A-Za-z])\\s?\\)?`, 'i');
const READING = OF(
  'of (?:the )?(?:reading|rdg\\.?|rd|indicated value|indication|measured value|value|output|setting|nominal(?: value)?|applied \\w{1,12}|input|timed interval|load|volume|mass|weight|force|torque|pressure|flow|time|length|m\\.?v\\.?|i\\.?v\\.?)|rdg\\.?|rd\\.?|reading|i\\.?v\\.?|示值|读数|测量值|(?:des|vom|v\\.) ?(?:Messwert(?:e?s)?|Mw\\.?|M\\.)|(?:des|vom|v\\.) ?(?:Anzeigewert(?:e?s)?)',
);
const FULL = OF(
  '(?:of )?(?:the )?(?:full[ -]?scale(?: deflection)?|F\\. ?S\\.?(?: ?[DO]\\.?)?|FS[DO]?)|满量程|满度|引用|(?:des|vom|v\\.) ?(?:Endwert(?:e?s)?|E\\.)',
);
const WIDTH = OF('(?:of )?(?:the )?span|(?:der|von der) Messspanne');
const RANGE = OF('(?:of )?(?:the )?(?:range|rng\\.?)|量程|(?:des|vom) Messbereich(?:e?s)?');
const OWN = OF('abs');
const BETWEEN = /^\s?(?:~|to(?![a-z])|至|到|bis(?![a-z])|…|\.{2,3}|-(?=\s?[.\d]))/;
export const PLUS = /^\s?(?:\+|plus(?![a-z]))/;
const OR = /^\s?(?:or|oder|或)(?![a-z])/;
const GREATER =
  /^[,;]?\s?\(?(?:whichever is (?:the )?(?:greater|larger|higher)|(?:je nachdem|der größere)[\p{L} ,]{0,40}|取(?:其中)?(?:较|最)?大[者值]?)\)?/iu;
const AT = /^\s?(?:@|at(?![a-z])|在|bei(?![a-z]))/;

export class FigureReader extends TextReader {
  readonly text: string;
  readonly of: ParserContext;

  constructor(text: string, context: ParserContext) {
    super(text, context);
    this.text = text;
    this.of = context;
  }

  figures(sign: '+' | ','): Figure[] {
    // In a list a comma ends a number, unless the file's decimals have commas.
    const inList = sign === ',' && this.of.decimal !== 'comma';
    const figures = [this.figure(inList)];
    for (;;) {
      if (sign === ',' ? this.s.match(/^[,;]/) : this.s.match(PLUS)) figures.push(this.figure(inList));
      else if (sign === '+' && this.s.match(OR)) {
        figures.push(this.figure());
        const found = this.s.match(GREATER);
        this.of.doubts.ask('greater_of', 'greater_of|or', ['sum'], found ?? this.text, 'reject');
      } else break;
    }
    if (sign === '+' && figures.length > 1 && this.s.match(GREATER))
      this.of.doubts.ask('greater_of', 'greater_of|or', ['sum'], this.text, 'reject');
    return figures;
  }

  figure(inList = false): Figure {
    // `L/500`: one per five hundred.
    const leading = /^(?:\|?[A-Za-z]\|?)(?= ?\/ ?\d)/.exec(this.s.rest())?.[0];
    if (leading) {
      this.s.skip(leading.length);
      return { value: 1, unit: undefined, power: false, of: undefined, ...this.divisor(leading) };
    }
    if (!inList && this.s.accept('(')) return this.inBrackets();
    const value = this.number(inList);
    const figure: Figure = { value, unit: undefined, power: this.s.power, of: undefined };
    if (!inList && this.between()) {
      figure.other = { value: this.number(), unit: undefined };
      figure.unit = this.ownUnit();
      if (figure.other) figure.other.unit = figure.unit;
    } else {
      figure.unit = this.ownUnit();
      if (!inList && figure.unit && this.between()) {
        const second = this.number();
        const unit = this.ownUnit() ?? figure.unit;
        figure.other = { value: second, unit };
      }
    }
    this.behind(figure);
    return figure;
  }

  /** `(1.0 × length in m) µm` as a summand. */
  inBrackets(): Figure {
    const figure = this.figure();
    this.s.expect(')');
    const unit = figure.unit ? undefined : this.ownUnit();
    if (!unit) return figure;
    if (!figure.variable) throw this.s.fail('unexpected_text');
    return { ...figure, unit, power: false, bracketed: true };
  }

  between(): boolean {
    return this.s.match(BETWEEN) !== null;
  }

  /** The unit of a figure; a symbol that can only be the variable is left standing. */
  ownUnit(): Unit | undefined {
    const { unit: range } = this.of;
    const text = this.peekUnit();
    if (text === null) return undefined;
    const variable = VARIABLE.exec(text)?.[0];
    if (variable !== undefined && variable === text) {
      const own = this.of.parseUnit(text);
      if (own.ok && differenceKind(own.unit) === differenceKind(range)) {
        if (/^[Ll]$/.test(text)) throw this.s.fail('ambiguous_variable');
        return this.unitHere(range);
      }
      return undefined;
    }
    if (isVariable(text, range) && !this.comparable(text)) return undefined;
    // dB per dB: a share of the level's own figure.
    if (text === 'dB/dB' && isLevel(range)) {
      this.s.skip(text.length);
      this.of.doubts.confirm('level_slope', 'level_slope|dB', this.text);
      const one = this.known('1');
      return { ...one, code: 'dB/dB' };
    }
    // A letter that is neither: a variable nobody has defined.
    if (/^[A-Za-z]$/.test(text) && !this.unitOf(text, range)) return undefined;
    return this.unitHere(range);
  }

  comparable(text: string): boolean {
    const own = this.of.parseUnit(text);
    return own.ok && (own.unit.kind === RATIO_KIND || differenceKind(own.unit) === differenceKind(this.of.unit));
  }

  /** What a share is of, or the variable a figure is multiplied with. */
  behind(figure: Figure): void {
    // A dew point's degrees may say that they are its.
    if (figure.unit && this.of.unit.kind === 'K1') this.s.match(/^dp(?![A-Za-z])/);
    const of = /^of ([A-Za-z]{1,4})(?![A-Za-z0-9_.])/.exec(this.s.rest());
    if (of && isVariable(of[1]!, this.of.unit)) {
      this.s.skip(of[0].length);
      figure.of = 'reading';
    } else if (this.s.match(READING)) figure.of = 'reading';
    else if (this.s.match(FULL)) {
      figure.of = 'full';
      if (this.s.accept('(')) {
        figure.span = this.term(this.s.number(), this.unitHere(this.of.unit) ?? this.missingUnit());
        this.s.expect(')');
      }
    } else if (this.s.match(WIDTH)) figure.of = 'width';
    else if (this.s.match(RANGE)) figure.of = 'range';
    else if (figure.unit?.kind === RATIO_KIND && this.s.match(OWN)) figure.of = 'own';
    else this.variable(figure);
  }

  variable(figure: Figure): void {
    const words = variableInWords(this.s.rest(), this.of.unit, (text) => this.of.parseUnit(text));
    if (words) {
      this.s.skip(words.length);
      Object.assign(figure, { variable: words.name, per: words.unit });
      return;
    }
    const times = this.s.match(/^[×·]/) !== null;
    const index = subscripted(this.s.rest(), this.of.unit);
    if (index) {
      this.s.skip(index.length);
      figure.variable = index.letter;
      return;
    }
    const symbol = this.s.peek(/^(?:\|[A-Za-z]\||读数|示值|reading|rdg|R(?:[azqt]|max)|[A-Za-z])(?![A-Za-z0-9_])/);
    if (symbol === null || !isVariable(symbol, this.of.unit)) {
      if (times || /^(?:\|?[A-Za-z]\|?)$/.test(symbol ?? '')) throw this.s.fail('undefined_variable');
      return;
    }
    this.s.skip(symbol.length);
    if (/^(?:读数|示值|reading|rdg)$/.test(symbol)) figure.of = 'reading';
    Object.assign(figure, this.divisor(symbol));
    // `5L µm`: the unit stands behind the variable.
    if (!figure.unit && !figure.power && this.peekUnit() !== null) figure.unit = this.unitHere(this.of.unit);
  }

  divisor(variable: string): Pick<Figure, 'variable' | 'over'> {
    return this.s.accept('/') ? { variable, over: this.number() } : { variable };
  }

  outerUnit(figures: Figure[]): Unit | undefined {
    const open = figures.some((figure) => !figure.unit);
    const text = this.peekUnit();
    if (!open || text === null) return undefined;
    return this.ownUnit();
  }

  distribute(figure: Figure, unit: Unit | undefined): void {
    if (!unit) return;
    // A power of ten beside a bracket's unit is no share any more: (0.8 + 6×10⁻⁶L) µm.
    if (figure.variable && !figure.unit) figure.power = false;
    figure.unit ??= unit;
    if (figure.other) figure.other.unit ??= unit;
    this.afterBracket(figure);
  }

  /** `(0.05~0.3) % FS`. */
  afterBracket(figure: Figure): void {
    if (figure.of === undefined && !figure.variable) this.behind(figure);
  }

  /** `(0.1 Hz~100 kHz, 20 ℃)`, `@ 1 kHz`, `, 40 Hz~1 kHz` after a form. */
  when(): ParameterCell[] {
    const cells: ParameterCell[] = [];
    if (this.s.accept('(')) {
      do cells.push(this.cell());
      while (this.s.accept(','));
      this.s.expect(')');
    } else if (this.s.match(AT)) cells.push(this.cell());
    else if (this.s.match(/^,/)) {
      do cells.push(this.cell());
      while (this.s.accept(','));
      this.of.doubts.confirm('cells_by_comma', 'cells_by_comma|,', this.text);
    }
    return cells;
  }

  cell(): ParameterCell {
    this.s.match(/^[A-Za-z\u4e00-\u9fff]{1,10} ?[:=]/);
    const first = this.s.number(true);
    const firstUnit = this.unitHere();
    const second = this.between() ? this.s.number(true) : first;
    const unit = (second === first ? firstUnit : (this.unitHere() ?? firstUnit)) ?? this.missingUnit();
    const parameter = parameterNameOf(unit.kind);
    if (parameter === null) throw this.s.fail('parameter_unknown', unit.code);
    if (firstUnit && firstUnit.kind !== unit.kind) throw this.s.fail('kind_differs', firstUnit.code);
    // `0.1 Hz~100 kHz`: the first number keeps its own unit, but one unit is declared.
    const low = !firstUnit || firstUnit.code === unit.code ? first : fromBase(toBase(first, firstUnit), unit);
    if (low > second) throw this.s.fail('reversed');
    return { parameter, min: toBase(low, unit), max: toBase(second, unit), declared: { min: low, max: second, unit: unit.code } };
  }

  quantity(): Term {
    const value = this.s.number();
    const unit = this.unitHere(this.of.unit) ?? this.missingUnit();
    if (unit.kind !== this.of.unit.kind) throw this.s.fail('kind_differs', unit.code);
    return absolute(value, unit);
  }

  number(inList = false): number {
    const value = this.s.number(inList);
    if (value < 0) throw this.s.fail('negative');
    return value;
  }

  missingUnit(): never {
    throw this.s.fail('unit_unknown', this.s.rest() || this.text);
  }

  term(value: number, unit: Unit): Term {
    if (differenceKind(unit) !== differenceKind(this.of.unit)) throw this.s.fail('kind_differs', unit.code);
    // Gauge and absolute meet only with a word.
    if (unit.kind.endsWith('#absolute') && !this.of.unit.kind.endsWith('#absolute'))
      this.of.doubts.confirm('absolute_pressure', 'absolute_pressure|u', unit.code);
    return { value, unit: unit.code, base: differenceToBase(value, unit) };
  }
}

export function absolute(value: number, unit: Unit): Term {
  return { value, unit: unit.code, base: toBase(value, unit) };
}
