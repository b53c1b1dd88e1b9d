/** Recursive descent over the notation of ranges: ends, points, lists, second parameters, and what stands beside the numbers. */
import { fromBase, toBase, type Unit } from '../rules/units/quantities.ts';
import { before, behind, FROM_DC } from './designation.ts';
import { BETWEEN, OPEN_AFTER, type RangePart, RangeReader, SIZES, UNDER_AFTER } from './range-reader.ts';

const AND = /^\s?(?:and|und|与|和)(?![a-z])/i;
const FROM = /^(?:from|von|从|自|由)(?![a-z])\s?/i;
const BOTH = /^(?:between|zwischen)(?![a-z])\s?/i;
const UP_TO =
  /^(?:up ?to(?: and including)?|to(?![a-z])|bis(?: zu)?(?![a-z])|至多|[至到](?=\s?\d)|不超过|不大于|小于(?:等于)?|最大|max(?:imum)?\.?(?![a-z])|less than(?: or equal to)?|below|under|unter|kleiner(?: als)?|[A-Za-zφ]?\s?(?:≤|<=|<|⩽|≦))\s?/i;
const OPEN =
  /^(?:[A-Za-zφ]?\s?(?:≥|>=|>|⩾|≧)|大于(?:等于)?|不小于|高于|超过|min(?:imum)?\.?(?![a-z])|over|above|greater than|more than|über|mehr als|größer(?: als)?|ab(?![a-z]))\s?/i;
const PLUS_MINUS = /^(?:±|\+\/-|\+-)\s?/;
const INEQUALITY = /^\s?(?:≤|<=|<|⩽|≦)\s?\|?[A-Za-zφθ\u4e00-\u9fff]\w{0,3}\|?\s?(?:≤|<=|<|⩽|≦)\s?/;
const LIST = /^\s?(?:[,;&]|and(?![a-z])|und(?![a-z])|和|及)\s?(?=[-+.\d])/;
const SEPARATOR = /^\s?(?:[,;@]|at(?![a-z])|bei(?![a-z])|在)\s?/i;

export class RangeParser extends RangeReader {
  all(): RangePart[] {
    const parts = [this.threads() ?? this.#first()];
    while (!this.s.done()) {
      if (this.#wordsBehind()) continue;
      // `10 mV~1 V (40 Hz~1 kHz)`, `10 mV~1 V, 40 Hz~1 kHz`, `1 V @ 1 kHz`.
      if (this.s.match(SEPARATOR) !== null) {
        if (this.s.done()) throw this.s.fail('unexpected_text', this.text);
        if (!this.#wordsBehind()) parts.push(this.#parameter());
      } else if (this.s.accept('(')) this.#within(parts, ')');
      else if (this.s.accept('[')) this.#within(parts, ']');
      else throw this.s.fail('unexpected_text');
    }
    return parts;
  }

  #first(): RangePart {
    this.#wordsBefore();
    return this.#part(this.given);
  }

  #within(parts: RangePart[], closing: string): void {
    do parts.push(this.#parameter());
    while (this.s.match(SEPARATOR) !== null);
    this.s.expect(closing);
  }

  #parameter(): RangePart {
    const beside = before(this.s.rest());
    if (beside && (!beside.asked || this.conditions.concat(this.designation).includes(beside.text))) this.s.skip(beside.length);
    return this.#part();
  }

  #wordsBefore(): void {
    for (let beside = before(this.s.rest()); beside; beside = before(this.s.rest())) {
      this.s.skip(beside.length);
      // `HRC 20~70`, `pH: 0~14`: scales may stand before their numbers.
      const scale = !this.given ? this.context.parseUnit(beside.text) : undefined;
      if (scale?.ok && scale.unit.kind.startsWith('scale:')) this.given = scale.unit;
      else this.#keep(beside.text, beside.asked, 'designation', 'condition');
    }
  }

  #wordsBehind(): boolean {
    const beside = behind(this.s.rest());
    if (!beside) return false;
    this.s.skip(beside.length);
    this.#keep(beside.text, beside.asked, 'condition', 'designation');
    return true;
  }

  #keep(text: string, asked: boolean, ...choices: ['designation', 'condition'] | ['condition', 'designation']): void {
    if (text === '') return;
    const as = asked ? this.context.doubts.ask('words_as_condition', `words_as_condition|${text}`, choices, text) : 'designation';
    const kept = as === 'condition' ? this.conditions : this.designation;
    if (!kept.includes(text)) kept.push(text);
  }

  #part(given?: Unit): RangePart {
    if (SIZES.test(this.s.rest())) return this.sizes(given);
    const open = this.s.match(OPEN) !== null;
    if (!open && this.s.match(PLUS_MINUS) !== null) return this.#symmetric(given);
    if (!open && this.s.match(UP_TO) !== null) return this.#upTo(given);
    const both = this.s.match(BOTH) !== null;
    const from = !both && this.s.match(FROM) !== null;
    const part = this.s.accept('(') ? this.#bracketed(given) : this.#ends(given, both);
    // Only one end of it.
    if ((open || from) && part.min === part.max && !part.points) throw this.refused('open_interval');
    return part;
  }

  #symmetric(given: Unit | undefined): RangePart {
    const bracket = this.s.accept('(');
    const value = this.number();
    // `±(10 mV~1000 V)`: what is said of one side holds for the other.
    const own = this.unitHere();
    const far = this.s.match(BETWEEN) === null ? value : this.number();
    const inside = far === value ? own : (this.unitHere() ?? own);
    if (bracket) this.s.expect(')');
    const unit = inside ?? this.unitHere() ?? given ?? this.missing();
    if (value < 0 || far < value * (own && own.code !== unit.code ? own.scale / unit.scale : 1))
      throw this.s.fail(value < 0 ? 'negative' : 'reversed');
    return { min: -far, max: far, unit };
  }

  #upTo(given: Unit | undefined): RangePart {
    const max = this.number();
    const unit = this.unit(given);
    return this.#fromZero(max, unit);
  }

  #fromZero(max: number, unit: Unit): RangePart {
    if (max <= 0) throw this.s.fail('reversed');
    this.context.doubts.confirm('lower_bound_assumed', 'lower_bound_assumed|range', this.text);
    return { min: 0, max, unit };
  }

  /** `(0~25) mm`, `(-40~150) ℃`, `(20) mm`, `(0.1~10)×10⁻⁶`; or the whole in brackets, `(0 mm~25 mm)`. */
  #bracketed(given: Unit | undefined): RangePart {
    const dc = this.s.match(FROM_DC) !== null;
    const min = dc ? 0 : this.number();
    const minUnit = this.unitHere();
    const list = dc ? undefined : this.#list(min, minUnit);
    const max = list || this.s.match(BETWEEN) === null ? undefined : this.number();
    const inside = list?.unit ?? this.unitHere();
    this.s.expect(')');
    const power = this.s.tenPower();
    const factor = power === null ? 1 : 10 ** power;
    const unit =
      inside ??
      (max === undefined ? minUnit : undefined) ??
      this.unitHere() ??
      (power === null ? (given ?? this.missing()) : this.known('1'));
    if (list) return this.#points(list.values, unit);
    if (dc) this.#ofBand(unit);
    return this.interval(scaled(min, factor), minUnit, max === undefined ? undefined : scaled(max, factor), unit);
  }

  /** Direct current is what a frequency of nothing is called, and no other quantity's lower end. */
  #ofBand(unit: Unit): void {
    if (unit.kind !== 'T-1') throw this.s.fail('kind_differs', unit.code);
  }

  #ends(given: Unit | undefined, both: boolean): RangePart {
    if (this.s.match(FROM_DC) !== null) {
      this.s.match(BETWEEN);
      const max = this.number();
      const unit = this.unit(given);
      this.#ofBand(unit);
      return this.interval(0, undefined, max, unit);
    }
    const min = this.number();
    const minUnit = this.unitHere();
    this.#dewPoint();
    if (this.s.match(INEQUALITY) !== null || (both && this.s.match(AND) !== null) || this.s.match(BETWEEN) !== null) {
      const max = this.number();
      return this.interval(min, minUnit, max, this.unit(given ?? minUnit));
    }
    const list = this.#list(min, minUnit);
    if (list) return this.#points(list.values, list.unit ?? given ?? this.missing());
    const unit = minUnit ?? given ?? this.missing();
    if (this.s.match(OPEN_AFTER) !== null) throw this.refused('open_interval');
    if (this.s.match(UNDER_AFTER) !== null) return this.#fromZero(min, unit);
    // Spreadsheets make such numbers of 1-25, which they take for a day.
    if (!minUnit) this.context.doubts.confirm('point_assumed', 'point_assumed|range', this.text);
    return { min, max: min, unit };
  }

  /** `-60 °C dp to -20 °C dp`: said of both ends. */
  #dewPoint(): void {
    const said = this.s.match(/^\s?(?:dp|DP|Td)(?=\s?(?:~|to(?![a-z])|bis(?![a-z])|至|到|-))/);
    if (said && !this.designation.includes(said.trim())) this.designation.push(said.trim());
  }

  /** `5, 10, 20 mm`, `1 Ω, 10 Ω and 100 Ω`: values of one quantity. */
  #list(first: number, firstUnit: Unit | undefined): { values: number[]; unit: Unit | undefined } | undefined {
    const values: { value: number; unit: Unit | undefined }[] = [{ value: first, unit: firstUnit }];
    for (;;) {
      const at = this.s.at;
      if (values.length > MOST_POINTS || this.s.match(LIST) === null) break;
      const value = this.s.number(true);
      const text = this.peekUnit();
      const unit = text === null ? undefined : this.unitOf(text, firstUnit);
      const other = unit && firstUnit && unit.kind !== firstUnit.kind;
      if (unit === null || other || (firstUnit && !unit)) {
        this.s.back(at);
        break;
      }
      if (text !== null) this.s.skip(text.length);
      values.push({ value, unit });
    }
    if (values.length === 1) return undefined;
    if (this.s.peek(BETWEEN) !== null) throw this.s.fail('unexpected_text');
    const unit = values.at(-1)?.unit;
    const inUnit = (one: (typeof values)[number]) =>
      one.unit && unit && one.unit.code !== unit.code ? fromBase(toBase(one.value, one.unit), unit) : one.value;
    return { values: values.map(inUnit), unit };
  }

  #points(values: number[], unit: Unit): RangePart {
    const [min, max] = [Math.min(...values), Math.max(...values)];
    const how = this.context.doubts.ask('points_listed', 'points_listed|range', ['points', 'stretch'], this.text);
    return { min, max, unit, ...(how === 'points' ? { points: values } : {}) };
  }
}

const scaled = (value: number, factor: number): number => (factor === 1 ? value : Number((value * factor).toPrecision(14)));

/** More in one cell are a table of their own. */
const MOST_POINTS = 40;
