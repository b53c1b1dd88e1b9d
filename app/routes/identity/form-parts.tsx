/** What the forms of identity share: a schema for both sides, fields tied to their errors, the first of them focused. */
import { type DefaultValue, type FieldMetadata, type SubmissionResult, useForm } from '@conform-to/react';
import { parseWithZod } from '@conform-to/zod/v4';
import { useActionData } from '@remix-run/react';
import type { ComponentProps, ReactNode } from 'react';
import type { ZodType, z } from 'zod';
import * as m from '#app/i18n/paraglide/messages.js';
import type { FieldFault } from '#app/modules/identity/forms.ts';
import { FormError, Select, TextField } from '#app/ui/form.tsx';

export type Trouble = { title: string; text: string };
type Answer = { result?: SubmissionResult<string[]>; trouble?: Trouble | null };

const FAULTS: Record<FieldFault | 'current' | 'wrong_code', () => string> = {
  required: m.ui_fault_required,
  email: m.identity_fault_email,
  too_long: m.ui_fault_too_long,
  characters: m.ui_fault_characters,
  choose: m.ui_fault_choose,
  password_short: m.identity_fault_password_short,
  password_long: m.identity_fault_password_long,
  password_is_email: m.identity_fault_password_is_email,
  password_common: m.identity_fault_password_common,
  agree: m.legal_fault_agree,
  current: m.identity_fault_current,
  wrong_code: m.identity_second_wrong,
};
/** One thing at a time: the first fault of a field, in words. */
const inWords = (errors: string[] | undefined) => errors?.slice(0, 1).map((code) => FAULTS[code as FieldFault]?.() ?? code);

/** A form of this schema. @param id tells several forms of one page apart: the answer goes to the one it is for */
export function useSchemaForm<S extends ZodType<Record<string, unknown>, Record<string, unknown>>>(
  id: string,
  schema: S,
  defaultValue?: DefaultValue<z.input<S>>,
) {
  const answer = useActionData<Answer & { form?: string }>();
  const mine = answer && (answer.form ?? id) === id ? answer : undefined;
  const [form, fields] = useForm<z.input<S>>({
    id,
    lastResult: mine?.result,
    defaultValue,
    shouldRevalidate: 'onInput',
    onValidate: ({ formData }) => parseWithZod(formData, { schema }) as never,
  });
  const firstWrong = Object.keys(form.allErrors)[0];
  return { form, fields, firstWrong, trouble: mine?.trouble ?? null };
}

type Of = { field: FieldMetadata<unknown>; label: ReactNode; hint?: ReactNode; firstWrong?: string | undefined };

/** Its key is left to the place it stands in: spreading one is what React warns about. */
const tied = ({ field, firstWrong }: Of) => ({
  id: field.id,
  name: field.name,
  errors: inWords(field.errors),
  // Without JavaScript the browser itself goes to the first fault.
  autoFocus: firstWrong === field.name || undefined,
});

export function SchemaField({ field, label, hint, firstWrong, ...input }: Of & ComponentProps<'input'>) {
  const initial = input.type === 'password' ? undefined : (field.initialValue as string | undefined);
  return <TextField label={label} hint={hint} defaultValue={initial} {...input} {...tied({ field, label, firstWrong })} />;
}

export function SchemaSelect({ field, label, hint, firstWrong, children, ...select }: Of & ComponentProps<'select'>) {
  return (
    <Select
      label={label}
      hint={hint}
      defaultValue={field.initialValue as string | undefined}
      {...select}
      {...tied({ field, label, firstWrong })}
    >
      {children}
    </Select>
  );
}

/** What is wrong with the form as a whole. */
export function Troubles({ trouble, faults = 0 }: { trouble: Trouble | null; faults?: number }) {
  if (trouble) return <FormError title={trouble.title}>{trouble.text}</FormError>;
  return faults > 0 ? <FormError title={m.ui_form_faults({ count: faults })} /> : null;
}

/** A quiet word that something was done. */
export const Done = ({ children }: { children: ReactNode }) => (
  <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-[.9375rem] text-ok">
    {children}
  </p>
);
