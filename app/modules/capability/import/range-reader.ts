/** What ranges are made of: numbers, units with what is printed beside them, sizes by their sides, threads; and the interval of two ends. */

import { TextError, type UncertaintyReject } from '../rules/scanner.ts';
import { type TextContext, TextReader } from '../rules/text-reader.ts';
import { fromBase, toBase, type Unit } from '../rules/units/quantities.ts';
import { DIAMETER } from './designation.ts';

export type RangeReject = UncertaintyReject | 'range_missing' | 'open_interval' | 'unit_missing' | 'one_quantity_twice';

export interface RangePart {
  min: number;
  max: number;
  unit: Unit;
  /** Single points, where such are listed. */
  points?: number[];
}

export type RangeContext = Omit<TextContext, 'doubts'> & {
  /** Unit of a column of its own, for numbers that carry none. */
  unit?: Unit;
};

/** Words for what stands between two ends. */
/** Words for what stands between two ends, and before or behind an only one. */
export const BETWEEN =
  /^\s?(?:~|to(?![a-z])|至|到|…|\.{2,3}|÷|→|bis(?: zu)?(?![a-z])|thru(?![a-z])|through(?![a-z])|--?>|-(?= ?[-+.\d(φ]))/i;
export const OPEN_AFTER = /^\s?(?:及?以上|and\s(?:above|up|over)|or\s(?:more|above|greater)|und (?:mehr|darüber)|\+$)/i;
export const UNDER_AFTER = /^\s?(?:及?以下|and\s(?:below|under)|or\s(?:less|below)|und (?:weniger|darunter))/i;
/** Two sides, the first of them with its unit or without; ten behind a sign of multiplication is a power that lost its exponent. */
export const SIZES = /^\(?\s?\d[\d.,]{0,8}(?: \d{3})?\s?(?:mm|cm|m|in|ft)?\s?[×xX]\s?(?!10(?!\d))\d/;
const TIMES = /^\s?[×xX]\s?/;
/** `x10 to x100`: of magnifications. */
const MAGNIFIED = /^[xX×]\s?(?=\d)/;
/** Scales of hardness that are printed with their load. */
const LOADED = /^(HV|HK|HBW)(?: ?(?=\d{1,2}(?:\.\d)?\/))(\d[\d./]{1,12})(?![\d.])|^(HV|HK)(\d{1,4}(?:\.\d{1,3})?)(?![\d./])/;
/** `M1~M100`: sizes of metric threads, which are their nominal diameters in millimetres. */
const THREADS =
  /^M\s?(\d{1,3}(?:\.\d{1,2})?)(?:\s?[×x]\s?\d(?:\.\d{1,2})?)?\s?(?:~|-|to(?![a-z])|至|到|bis(?![a-z]))\s?M?\s?(\d{1,3}(?:\.\d{1,2})?)(?:\s?[×x]\s?\d(?:\.\d{1,2})?)?(?=\s?(?:$|[,;]))/;

export class RangeReader extends TextReader {
  readonly designation: string[] = [];
  readonly conditions: string[] = [];
  protected given: Unit | undefined;
  protected readonly text: string;
  /** The numbers stand behind a sign of magnification. */
  protected magnified = false;

  constructor(text: string, context: TextContext & { unit?: Unit }) {
    super(text, context);
    this.text = text;
    this.given = context.unit;
  }

  /** Of weights M1 is a class: only an instrument for threads makes it a size. */
  protected threads(): RangePart | undefined {
    const rest = this.s.rest();
    const [all, low, high] = (rest.startsWith('M') && THREADS.exec(rest)) || [];
    if (all === undefined || !this.context.hints?.().has('thread') || (this.given && this.given.code !== 'mm')) return undefined;
    this.s.skip(all.length);
    if (Number(low) > Number(high)) throw this.s.fail('reversed');
    this.designation.push(all.trim());
    this.context.doubts.confirm('thread_size', 'thread_size|M', all);
    return { min: Number(low), max: Number(high), unit: this.known('mm') };
  }

  /** `(400×400~2000×1000) mm`, `160 mm × 100 mm to 2 500 mm × 1 600 mm`: of plates, by one measure. */
  protected sizes(given: Unit | undefined): RangePart {
    let open = 0;
    const sides = () => {
      if (this.s.accept('(')) open += 1;
      const one = this.side();
      if (this.s.match(TIMES) === null) throw this.s.fail('unexpected_text');
      const other = this.side();
      if (this.s.peek(TIMES) !== null) throw this.s.fail('unexpected_text');
      const units = [one.unit, other.unit];
      for (; open > 0 && this.s.accept(')'); open -= 1) units.push(this.unitHere());
      const stated = units.filter((unit) => unit !== undefined);
      if (stated.some(({ code }) => code !== stated[0]!.code)) throw this.s.fail('unexpected_text');
      return { values: [one.value, other.value] as const, unit: stated[0] };
    };
    const least = sides();
    const most = this.s.match(BETWEEN) === null ? least : sides();
    if (open > 0) throw this.s.fail('unexpected_text');
    if (least.unit && most.unit && least.unit.code !== most.unit.code) throw this.s.fail('unexpected_text');
    const unit = most.unit ?? least.unit ?? this.unit(given);
    const text = [...new Set([least, most])].map(({ values }) => values.join('×')).join('~');
    const how = this.context.doubts.ask('size_by_sides', 'size_by_sides|×', ['longest', 'shortest', 'diagonal'], text);
    const of = { longest: Math.max, shortest: Math.min, diagonal: Math.hypot }[how as 'longest' | 'shortest' | 'diagonal'];
    this.designation.push(text);
    return this.interval(of(...least.values), undefined, of(...most.values), unit);
  }

  protected side(): { value: number; unit: Unit | undefined } {
    const value = this.number();
    return { value, unit: this.s.peek(TIMES) === null ? this.unitHere() : undefined };
  }

  /** `0 bar to 1 bar absolute`: what is said behind the upper end is said of both. */
  protected markedAs(lower: Unit, upper: Unit): Unit {
    const [mark] = /\{[a-z]+\}$/.exec(upper.code) ?? [];
    if (!mark || lower.code.endsWith('}')) return lower;
    const marked = this.context.parseUnit(lower.code + mark);
    return marked.ok ? marked.unit : lower;
  }

  protected interval(min: number, minUnit: Unit | undefined, max: number | undefined, unit: Unit): RangePart {
    if (max === undefined) return { min, max: min, unit };
    const lower = minUnit && this.markedAs(minUnit, unit);
    if (lower && lower.kind !== unit.kind) throw this.s.fail('kind_differs', lower.code);
    // `100 µA to 1 mA`: both ends in the unit of the upper one.
    const low = lower && lower.code !== unit.code ? fromBase(toBase(min, lower), unit) : min;
    if (low > max) throw this.s.fail('reversed');
    return { min: low, max, unit };
  }

  protected number(): number {
    this.s.match(DIAMETER);
    if (this.s.match(MAGNIFIED) !== null) this.magnified = true;
    // `10 mΩ bis < 100 mΩ`: whether the end itself is in it.
    if (this.s.at > 0) this.s.match(/^(?:<=|<|≤)\s?/);
    // A sign may stand apart from its first number: - 40 ℃.
    const sign = this.s.match(/^[-+] (?=\d)/);
    const value = this.s.number();
    return sign?.startsWith('-') ? -value : value;
  }

  /** `150 HV10`, `200 HBW 10/3000`: the scale, and the load it holds for. */
  protected withLoad(): Unit | undefined {
    const rest = this.s.rest();
    const [all, ...found] = (rest.startsWith('H') && LOADED.exec(rest)) || [];
    if (all === undefined) return undefined;
    const [scale = '', load = ''] = found.filter(Boolean);
    const said = `${scale}${load}`;
    if (!this.designation.includes(said)) this.designation.push(said);
    // Of two loads in one range neither is the whole's.
    if (this.designation.filter((one) => one.startsWith(scale)).length > 1) throw this.s.fail('unexpected_text');
    this.s.skip(all.length);
    return this.known(scale);
  }

  override unitHere(): Unit | undefined {
    const loaded = this.withLoad();
    if (loaded) return loaded;
    if (this.s.peek(OPEN_AFTER) !== null || this.s.peek(UNDER_AFTER) !== null || this.s.peek(BETWEEN) !== null) return undefined;
    return super.unitHere();
  }

  protected unit(given: Unit | undefined): Unit {
    return this.unitHere() ?? given ?? this.missing();
  }

  protected refused(reason: RangeReject): TextError<RangeReject> {
    const { at, found } = this.s.fail('unexpected_text');
    return new TextError(reason, at, found);
  }

  protected missing(): Unit {
    if (this.magnified) return this.known('X');
    throw this.refused('unit_missing');
  }
}
