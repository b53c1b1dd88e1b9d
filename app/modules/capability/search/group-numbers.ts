/**
 * The rows of a group as numbers: a line of U per row, part after part where there are several. What tells more than that is left to the rows.
 */
import type { Uncertainty } from '../rules/uncertainty/uncertainty.ts';
import { type Parts, partsOf, type RowGroup } from './row-groups.ts';

/**
 * Of a group of several rows: how many variants it has, and where the numbers of each begin. Of a variant: how many parts it has, where each
 * begins and the last ends, where the rows of each begin and the last ones end, counted from its beginning, and the numbers of the rows
 * (FORM … VALID_UNTIL). A part without rows lies between others.
 */
export const ROW_WIDTH = 6;
export const VARIANTS_FROM = 1;
export const PARTS_FROM = 1;
/** Values of FORM: more than a line of numbers can say; a + b·|x − origin|; the root of the squares of the two. */
export const SEVERAL = 0;
const SUM = 1;
export const QUADRATURE = 2;

/** Null for rows that state U of different kinds, or in more than a line of numbers. */
export function partNumbers(group: RowGroup): number[] | null {
  if (group.hull === null || group.floor.kind === null) return null;
  const variants = partsOf(group).slice(0, group.variants.length).map(variantNumbers);
  const numbers: number[] = [variants.length, ...variants.map(() => 0)];
  for (const [i, own] of variants.entries()) {
    if (own === null) return null;
    numbers[VARIANTS_FROM + i] = numbers.length;
    numbers.push(...own);
  }
  return numbers;
}

function variantNumbers({ bounds, telling }: Parts): number[] | null {
  const count = telling.length;
  const starts: number[] = [];
  const numbers: number[] = [];
  const start = () => starts.push(PARTS_FROM + 2 * (count + 1) + numbers.length);
  for (const rows of telling) {
    start();
    for (const { uncertainty, accreditation } of rows) {
      const line = lineOf(uncertainty);
      if (!line) return null;
      const { validFrom, validUntil } = accreditation ?? { validFrom: null, validUntil: null };
      numbers.push(...line, validFrom ?? Number.NEGATIVE_INFINITY, validUntil ?? Number.POSITIVE_INFINITY);
    }
  }
  start();
  return [count, ...bounds, ...starts, ...numbers];
}

/** FORM, A, B and ORIGIN of a form that is one line of numbers; a share of a full scale may be of one or the other. */
export function lineOf(form: Uncertainty): [form: number, a: number, b: number, origin: number] | undefined {
  switch (form.form) {
    case 'constant':
      return [SUM, form.a.base, 0, 0];
    case 'relative':
      return [SUM, 0, form.b.base, form.origin ?? 0];
    case 'sum':
      return form.share ? undefined : [SUM, form.a.base, form.b.base, form.origin ?? 0];
    case 'quadrature':
      return [QUADRATURE, form.a.base, form.b.base, form.origin ?? 0];
    default:
      return undefined;
  }
}
