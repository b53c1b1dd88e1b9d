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

/** Carries a reject reason out of the parser; never leaves the module. */
export class UncertaintyTextError extends Error {
  readonly reason: UncertaintyReject;
  readonly at: number;
  readonly found: string;

  constructor(reason: UncertaintyReject, at: number, found: string) {
    super(reason);
    this.reason = reason;
    this.at = at;
    this.found = found;
  }
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Full-width forms, superscript exponents (10⁻⁷ → 10^-7), the many dashes, wave signs and spaces made one. */
export function normaliseFormula(text: string): string {
  return text
    .replace(/(\d)([⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)/g, (_, digit: string, power: string) => `${digit}^${plain(power)}`)
    .replace(/[º˚]/g, '°')
    .normalize('NFKC')
    .replace(/[−–]/g, '-')
    .replace(/[～〜∼]/g, '~')
    .replace(/[*✕]/g, '×')
    .replace(/[；]/g, ';')
    .replace(/[，、]/g, ',')
    .trim();
}

function plain(power: string): string {
  return [...power].map((c) => (c === '⁻' ? '-' : c === '⁺' ? '' : String(SUPERSCRIPTS.indexOf(c)))).join('');
}

/** Digits may be grouped by spaces in threes, on both sides of the point (0.000 47). */
const NUMBER = /^[+-]?(?:\d{1,3}(?: \d{3})+|\d+)(?:\.(?:\d{3} )*\d+)?/;

export class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  #spaces(): void {
    while (this.#text[this.#at] === ' ') this.#at += 1;
  }

  done(): boolean {
    this.#spaces();
    return this.#at >= this.#text.length;
  }

  peek(pattern: RegExp): string | null {
    this.#spaces();
    return pattern.exec(this.#text.slice(this.#at))?.[0] ?? null;
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

  /** A number with its power of ten. `×10` without a marked exponent has lost it: refused. */
  number(): number {
    const digits = this.match(NUMBER);
    if (digits === null) throw this.fail('number_expected');
    // A variable may follow a signed exponent at once: 1.0E-6L.
    const exponent = this.match(/^[eE](?:[+-]\d+|\d+(?![A-Za-z]))/);
    if (exponent !== null) return Number(digits.replaceAll(' ', '') + exponent);
    const power = this.match(/^ ?[×x·] ?10(?=[^\d.])\^?/) ?? this.match(/^ ?[×x·] ?10\^?$/);
    if (power === null) return Number(digits.replaceAll(' ', ''));
    const marked = power.endsWith('^') ? this.match(/^[+-]?\d+/) : null;
    if (marked === null) throw this.fail('exponent_lost');
    return Number(`${digits.replaceAll(' ', '')}e${Number(marked)}`);
  }

  fail(reason: UncertaintyReject, found?: string): UncertaintyTextError {
    return new UncertaintyTextError(reason, this.#at, found ?? this.#text.slice(this.#at, this.#at + 20));
  }
}
