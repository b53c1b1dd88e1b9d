/** A position in a formula's text: numbers as people write them, words, and errors that say where. */

/** Why a text is no uncertainty. */
export type UncertaintyReject =
  | 'number_expected'
  | 'exponent_lost'
  | 'unit_unknown'
  | 'kind_differs'
  | 'undefined_variable'
  | 'ambiguous_variable'
  | 'range_needed'
  | 'parameter_unknown'
  | 'negative'
  | 'reversed'
  | 'unexpected_text';

/** Carries the reason why a text is refused, and the place, out of a parser; never leaves the module. */
export class TextError<Reason extends string> extends Error {
  readonly reason: Reason;
  readonly at: number;
  readonly found: string;

  constructor(reason: Reason, at: number, found: string) {
    super(reason);
    this.reason = reason;
    this.at = at;
    this.found = found;
  }
}

/** What a comma or a point within a number is, where the number alone does not say. */
export interface Separators {
  /** `0,5`: a decimal; the whole text when it is no part of the number. */
  decimalComma(digits: string): boolean;
  /** `10,000`: true for thousands, false for a decimal. */
  thousands(digits: string): boolean;
  /** `1.000` in a file whose decimals have commas. */
  pointed(digits: string): boolean;
}

/** Digits may be grouped by spaces in threes, on both sides of the point (0.000 47); a point may lead (.001 in). */
const NUMBER = /^[+-]?(?:(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:\.(?:\d{3} )*\d+)?|\.\d+)/;
/** Commas: `1,234,567.8` and `1.234,5` say what they are; `0,5` and `10,000` do not. */
const COMMAS = /^[+-]?(?:\d{1,3}(?:\.\d{3})+,\d+|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3},\d{3}\.\d+|\d+,\d+)(?![\d,.]\d|\d)/;
const FRACTION = /^(\d{1,3}[ -])?(\d{1,2})\/(2|4|8|16|32|64)(?![\d/.])(?= ?(?:in\b|inch|["')]|ft\b|~|-|to\b|$))/;

export class Scanner {
  readonly #text: string;
  readonly #separators: Separators | undefined;
  #at = 0;
  /** The number read last was written with a power of ten. */
  power = false;

  constructor(text: string, separators?: Separators) {
    this.#text = text;
    this.#separators = separators;
  }

  #spaces(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }

  get at(): number {
    return this.#at;
  }

  /** Back to a place left earlier. */
  back(at: number): void {
    this.#at = at;
  }

  done(): boolean {
    this.#spaces();
    return this.#at >= this.#text.length;
  }

  rest(): string {
    this.#spaces();
    return this.#text.slice(this.#at);
  }

  peek(pattern: RegExp): string | null {
    return pattern.exec(this.rest())?.[0] ?? null;
  }

  skip(length: number): void {
    this.#at += length;
  }

  match(pattern: RegExp): string | null {
    const found = this.peek(pattern);
    if (found !== null) this.#at += found.length;
    return found;
  }

  accept(literal: string): boolean {
    this.#spaces();
    if (!this.#text.startsWith(literal, this.#at)) return false;
    this.#at += literal.length;
    return true;
  }

  expect(literal: string): void {
    if (!this.accept(literal)) throw this.fail('unexpected_text');
  }

  /** A number with its power of ten. `×10` without a marked exponent has lost it: refused. `inList`: a comma ends the number. */
  number(inList = false): number {
    this.power = false;
    const bare = this.match(/^10\^(?:[+-]?\d+|\([+-]?\d+\))/);
    if (bare !== null) {
      this.power = true;
      return 10 ** Number(bare.slice(3).replace(/[()]/g, ''));
    }
    const mantissa = this.#fraction() ?? this.#mantissa(inList);
    // A variable may follow a signed exponent at once: 1.0E-6L.
    const exponent = this.match(/^[eE](?:[+-]\d+|\d+(?![A-Za-z]))/);
    if (exponent !== null) {
      this.power = true;
      return Number(mantissa + exponent);
    }
    return Number(`${mantissa}e${this.tenPower() ?? 0}`);
  }

  /** `×10^-6`, behind a number or a bracket: the exponent. */
  tenPower(): number | null {
    const power = this.match(/^ ?[×x·] ?10(?=[^\d.])\^?/) ?? this.match(/^ ?[×x·] ?10\^?$/);
    if (power === null) return null;
    const marked = power.endsWith('^') ? this.match(/^(?:[+-]?\d+|\([+-]?\d+\))/) : null;
    if (marked === null) throw this.fail('exponent_lost');
    this.power = true;
    return Number(marked.replace(/[()]/g, ''));
  }

  /** `1/4 in`, `1 1/2 in`: of inches and feet, by halves. */
  #fraction(): string | null {
    const [all, whole = '0', over, under] = FRACTION.exec(this.rest()) ?? [];
    if (all === undefined) return null;
    this.skip(all.length);
    return String(Number.parseInt(whole, 10) + Number(over) / Number(under));
  }

  #mantissa(inList: boolean): string {
    const comma = inList || !this.#separators ? null : this.peek(COMMAS);
    const digits = comma === null ? null : this.#withCommas(comma);
    if (digits !== null) {
      this.skip(comma!.length);
      return digits;
    }
    const found = this.match(NUMBER);
    if (found === null) throw this.fail('number_expected');
    if (/^[+-]?[1-9]\d{0,2}(?:\.\d{3})+$/.test(found) && this.#separators?.pointed(found)) return found.replaceAll('.', '');
    return found.replaceAll(' ', '');
  }

  /** The number as a double is written, or null where the comma is no part of it. */
  #withCommas(text: string): string | null {
    const separators = this.#separators!;
    const decimal = () => text.replaceAll('.', '').replace(',', '.');
    if (/\..*,/.test(text)) return decimal();
    if (/,.*[,.]/.test(text)) return text.replaceAll(',', '');
    if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(text)) return separators.thousands(text) ? text.replace(',', '') : decimal();
    return separators.decimalComma(text) ? decimal() : null;
  }

  fail(reason: UncertaintyReject, found?: string): TextError<UncertaintyReject> {
    return new TextError(reason, this.#at, found ?? this.#text.slice(this.#at, this.#at + 20));
  }
}
