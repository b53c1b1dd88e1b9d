/** A form that came back: what was typed stands in it again, what is wrong is said above it and at its field. */
import { useActionData } from '@remix-run/react';
import type { ReactNode } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';
import { FormError } from './form.tsx';

/** Structurally what http/form-answer.server.ts sends. */
type Typed = Record<string, string[]>;
type Refusal = {
  typed: Typed;
  faults: Record<string, string>;
  trouble: { code: string; facts: Record<string, string | number>; title: string; text: string } | null;
};

/** By `field.code`, by code or by field: the narrowest that is there is said. Of the form as a whole: by reason or by the problem's code. */
type FaultWords = Record<string, () => string>;

const GENERAL: FaultWords = {
  required: m.ui_fault_required,
  needed: m.ui_fault_required,
  too_long: m.ui_fault_too_long,
  bad_character: m.ui_fault_characters,
  choose: m.ui_fault_choose,
  number: m.ui_fault_number,
};

export type FormBack = ReturnType<typeof useFormBack>;

/**
 * The answer to this form, where there is one.
 * @param own tells it from the answers to other forms of the page, by what was typed (and pressed)
 */
export function useFormBack(words: FaultWords = {}, own: (typed: Typed) => boolean = () => true) {
  const answer = useActionData() as Partial<Refusal> | undefined;
  const refusal = answer?.faults && answer.typed && own(answer.typed) ? (answer as Refusal) : undefined;
  const faults = refusal?.faults ?? {};
  const say = (field: string, code: string) =>
    (words[`${field}.${code}`] ?? words[code] ?? words[field] ?? GENERAL[code] ?? m.ui_fault_invalid)();
  return {
    refused: refusal !== undefined,
    trouble: troubleIn(refusal, words),
    code: refusal?.trouble?.code,
    facts: refusal?.trouble?.facts ?? {},
    /** In words, each once. */
    said: [...new Set(Object.entries(faults).map(([field, code]) => say(field, code)))],
    /** @param saved what stands there before anything was typed */
    text: (field: string, saved = '') => (refusal ? (refusal.typed[field]?.[0] ?? '') : saved),
    list: (field: string, saved: readonly string[] = []) => (refusal ? (refusal.typed[field] ?? []) : saved),
    fault: (field: string): string | undefined => faults[field],
    errors: (field: string) => (faults[field] === undefined ? {} : { errors: [say(field, faults[field])] }),
  };
}

function troubleIn(refusal: Refusal | undefined, words: FaultWords): { title: string; text: string } | null {
  if (!refusal?.trouble) return null;
  const { code, facts, title, text } = refusal.trouble;
  const own = words[facts.reason ?? ''] ?? words[code];
  return own ? { title: own(), text: '' } : { title, text };
}

/** Above the form: the one thing that is wrong, or how many there are. @param title in place of the count; `children` in place of what is said of a trouble */
export function FormTrouble({
  back: { trouble, said, refused },
  title,
  children,
}: {
  back: FormBack;
  title?: string;
  children?: ReactNode;
}) {
  if (!refused) return null;
  if (trouble) return <FormError title={trouble.title}>{children || trouble.text || undefined}</FormError>;
  const [first = '', ...more] = said;
  if (title === undefined && more.length === 0) return <FormError title={first} />;
  return <FormError title={title ?? m.ui_form_faults({ count: said.length })} />;
}
