/**
 * One habit for every form: a schema says what it holds, `readForm` reads it, and what is wrong comes back by field with what was typed.
 * A fault is a code; the page has the words.
 */
import { parseWithZod } from '@conform-to/zod/v4';
import { z } from 'zod';

/** As it was typed, by the names of the fields; a field of several boxes has several. Files are not among it. */
export type Typed = Record<string, string[]>;
/** The first fault of each field. */
export type Faults = Record<string, string>;

type FormFault = 'choose' | 'number';
const fault = (code: FormFault) => ({ error: code });

export function readForm<S extends z.ZodType>(form: FormData, schema: S): { typed: Typed } & ({ input: z.output<S> } | { faults: Faults }) {
  const submission = parseWithZod(form, { schema });
  const typed = typedIn(form);
  if (submission.status === 'success') return { typed, input: submission.value };
  const faults = Object.entries(submission.error ?? {}).flatMap(([field, codes]) => (codes?.[0] ? [[field, codes[0]]] : []));
  return { typed, faults: Object.fromEntries(faults) };
}

export function typedIn(form: FormData): Typed {
  const texts = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
  return Object.fromEntries([...new Set(form.keys())].map((name) => [name, texts(name)]));
}

/** A text as it was sent, without the space around it; what it may be, and whose an id is, is for the use case to say. */
export const given = z.string().trim().default('');

export const choice = <const Values extends readonly string[]>(values: Values) => z.enum(values, fault('choose'));

/** A box that is ticked or not, whatever value it sends. */
export const ticked = z
  .string()
  .optional()
  .transform((value) => value !== undefined);

/** Boxes of one name. */
export const several = z.array(z.string()).default([]);

/** A whole number however it was typed: full-width digits and spaces are what Chinese keyboards give. */
export const wholeNumber = z
  .string(fault('number'))
  .default('')
  .transform((typed, context) => {
    const plain = typed.normalize('NFKC').trim();
    if (/^\d{1,9}$/.test(plain)) return Number(plain);
    context.addIssue({ code: 'custom', message: 'number' satisfies FormFault });
    return z.NEVER;
  });

/** A number the page put there itself: a version, an amount it showed. One that is none was never shown, and nothing matches it. */
export const shownNumber = z
  .string()
  .default('')
  .transform((sent) => (/^\d{1,15}$/.test(sent) ? Number(sent) : -1));

/** The files of a field; one left empty sends a file without name and bytes. */
export const filesIn = (form: FormData, name: string): File[] =>
  form.getAll(name).filter((one) => one instanceof File && (one.size > 0 || one.name !== '')) as File[];
