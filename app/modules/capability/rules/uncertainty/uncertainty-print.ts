import { formatUnit, isLevel, RATIO_KIND, superscript, type Unit } from '../units/quantities.ts';
import type { ShareOfSpan, SimpleUncertainty, Slope, Term, Uncertainty } from './uncertainty.ts';

/** A number in full precision, powers of ten as printed: 7×10⁻⁷. */
function printNumber(value: number): string {
  const text = String(value);
  return text.includes('e') || (value !== 0 && Math.abs(value) < 1e-4) ? printPower(value) : text;
}

function printPower(value: number): string {
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}×10${superscript(String(Number(exponent)))}`;
}

/** How units are written: as people do, or as the codes they are kept by, about which nothing is asked when they are read. */
export type PrintUnit = (code: string) => string;
const usual: PrintUnit = (code) => formatUnit(code) || '1';
export const exactly: PrintUnit = (code) => (code === '1' ? 'ratio' : code.includes('{') ? code : `${code}{}`);

/** 1, %, ppm, mm/m, µV/V. */
const RATIO = /^(?:1|%|%vol|\[pp(?:m|b|th|tr)\]|[a-zA-Z]?([a-zA-Z]{1,4})\/[a-zA-Z]?\1)$/;

class Printer {
  readonly #unit: Unit | undefined;
  readonly #name: PrintUnit;

  constructor(unit: Unit | undefined, name: PrintUnit) {
    this.#unit = unit;
    this.#name = name;
  }

  term({ value, unit }: Pick<Term, 'value' | 'unit'>): string {
    return `${printNumber(value)} ${this.#name(unit)}`;
  }

  /** A part in a ratio's unit that is no share of the reading says so. */
  #absolute(text: string, unit: string): string {
    return this.#unit && (this.#unit.kind === RATIO_KIND || RATIO.test(unit)) ? `${text} abs` : text;
  }

  /** A share of the reading as a formula: of scales whose figures have no share, nothing else says so. */
  #slope(b: Slope, origin: number | undefined): string {
    const variable = origin === undefined ? 'L' : 'x';
    return b.unit === '1' ? `${printPower(b.value)}${variable}` : `${this.term(b)}×${variable}`;
  }

  #share(b: Slope): string {
    return b.unit === '1' ? printPower(b.value) : this.term(b);
  }

  #ofSpan({ b, span }: ShareOfSpan): string {
    return `${this.#share(b)} FS(${this.term(span)})`;
  }

  simple(form: SimpleUncertainty): string {
    switch (form.form) {
      case 'constant':
        return `U=${this.#absolute(this.term(form.a), form.a.unit)}`;
      case 'relative': {
        const plain = form.origin === undefined && !(this.#unit && (isLevel(this.#unit) || this.#unit.kind.startsWith('scale:')));
        return plain ? `Urel=${this.#share(form.b)}` : `U=${this.#slope(form.b, form.origin)}`;
      }
      case 'sum':
        return `U=${form.share ? this.#ofSpan(form.share) : this.#absolute(this.term(form.a), form.a.unit)}+${this.#slope(form.b, form.origin)}`;
      case 'quadrature':
        return `U=Q[${this.#absolute(this.term(form.a), form.a.unit)}, ${this.#slope(form.b, form.origin)}]`;
      case 'full_scale':
        return `U=${this.#ofSpan(form)}${form.floor ? `+${this.#absolute(this.term(form.floor), form.floor.unit)}` : ''}`;
      case 'interpolated': {
        const { u1, u2, x1, x2 } = form;
        const ends =
          u1.unit === u2.unit
            ? `(${printNumber(u1.value)}~${printNumber(u2.value)}) ${this.#name(u1.unit)}`
            : `${this.term(u1)}~${this.term(u2)}`;
        return `U=${this.#absolute(ends, u1.unit)}[${this.term(x1)}~${this.term(x2)}]`;
      }
    }
  }

  cells(form: Extract<Uncertainty, { form: 'table' }>): string {
    return form.cells
      .map(({ when, uncertainty }) => {
        const conditions = when.map(({ declared: { min, max, unit } }) => {
          const to = this.term({ value: max, unit });
          return min === max ? to : `${printNumber(min)}~${to}`;
        });
        return `${this.simple(uncertainty)} (${conditions.join(', ')})`;
      })
      .join('; ');
  }
}

/**
 * The form in the notation of `uncertainty-text.ts`; `parseUncertainty` with the same unit reads back the same form. `unit`: of the range, by
 * which shares and absolute parts are told apart where a figure may be either.
 */
export function printUncertainty(form: Uncertainty, unit?: Unit, name: PrintUnit = usual): string {
  const printer = new Printer(unit, name);
  return form.form === 'table' ? printer.cells(form) : printer.simple(form);
}
