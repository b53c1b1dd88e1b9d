import { formatUnit, superscript } from './quantities.ts';
import type { SimpleUncertainty, Slope, Uncertainty } from './uncertainty.ts';

/** A number in full precision, powers of ten as printed: 7×10⁻⁷. */
function printNumber(value: number): string {
  const text = String(value);
  if (!text.includes('e') && !(value !== 0 && Math.abs(value) < 1e-4)) return text;
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa}×10${superscript(String(Number(exponent)))}`;
}

const printTerm = (term: { value: number; unit: string }) => `${printNumber(term.value)} ${formatUnit(term.unit) || '1'}`;
const printSlope = (b: Slope) => (b.unit === '1' ? `${printNumber(b.value)}L` : `${printTerm(b)}×L`);

function printSimple(form: SimpleUncertainty): string {
  switch (form.form) {
    case 'constant':
      return `U=${printTerm(form.a)}`;
    case 'relative':
      // A share alone: behind three decimals the unit one would be read as a fourth.
      return `Urel=${form.b.unit === '1' ? printNumber(form.b.value) : printTerm(form.b)}`;
    case 'sum':
      return `U=${printTerm(form.a)}+${printSlope(form.b)}`;
    case 'quadrature':
      return `U=Q[${printTerm(form.a)}, ${printSlope(form.b)}]`;
    case 'full_scale':
      return `U=${printTerm(form.b)} FS(${printTerm(form.span)})`;
    case 'interpolated':
      return `U=(${printNumber(form.u1.value)}~${printNumber(form.u2.value)}) ${formatUnit(form.u1.unit) || '1'}[${printTerm(form.x1)}~${printTerm(form.x2)}]`;
  }
}

/** The form in the notation of `uncertainty-text.ts`; `parseUncertainty` with the same unit reads back the same form. */
export function printUncertainty(form: Uncertainty): string {
  if (form.form !== 'table') return printSimple(form);
  return form.cells
    .map(({ when, uncertainty }) => {
      const conditions = when.map(({ declared: { min, max, unit } }) => {
        const to = printTerm({ value: max, unit });
        return min === max ? to : `${printNumber(min)}~${to}`;
      });
      return `${printSimple(uncertainty)} (${conditions.join(', ')})`;
    })
    .join('; ');
}
