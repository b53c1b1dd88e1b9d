import { useNavigation } from '@remix-run/react';
import { type ComponentProps, type ReactNode, useId } from 'react';
import * as m from '#app/i18n/paraglide/messages.js';

type FieldProps = { label: ReactNode; hint?: ReactNode; errors?: string[] | undefined; className?: string };

/** Label, control, hint and errors tied together for eyes and for screen readers. `children` gets what the control must carry. */
export function Field({
  label,
  hint,
  errors,
  className = '',
  id,
  children,
}: FieldProps & { id?: string; children: (props: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode }) {
  const made = useId();
  const key = id ?? made;
  const bad = Boolean(errors?.length);
  const described = [bad && `${key}-error`, hint && `${key}-hint`].filter(Boolean).join(' ') || undefined;
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={key} className="text-[.9375rem] font-semibold">
        {label}
      </label>
      {children({ id: key, 'aria-describedby': described, ...(bad ? { 'aria-invalid': true } : {}) })}
      {bad && (
        <p id={`${key}-error`} className="error-text">
          {errors?.join(' ')}
        </p>
      )}
      {hint && (
        <p id={`${key}-hint`} className="tiny">
          {hint}
        </p>
      )}
    </div>
  );
}

export function TextField({ label, hint, errors, className, ...input }: FieldProps & ComponentProps<'input'>) {
  return (
    <Field label={label} hint={hint} errors={errors} className={className} id={input.id}>
      {(tied) => <input className="control" {...input} {...tied} />}
    </Field>
  );
}

/** @param most MB, of all files chosen together: more is said to be too much before it is sent (ui/enhance.js) */
export function FileField({ label, hint, errors, className, most, ...input }: FieldProps & ComponentProps<'input'> & { most: number }) {
  return (
    <Field label={label} hint={hint} errors={errors} className={className} id={input.id}>
      {(tied) => (
        <input
          type="file"
          className="control"
          data-most-mb={most}
          data-too-large={input.multiple ? m.ui_files_too_large({ most }) : m.ui_file_too_large({ most })}
          {...input}
          {...tied}
        />
      )}
    </Field>
  );
}

export function TextArea({ label, hint, errors, className, ...input }: FieldProps & ComponentProps<'textarea'>) {
  return (
    <Field label={label} hint={hint} errors={errors} className={className} id={input.id}>
      {(tied) => <textarea className="control" {...input} {...tied} />}
    </Field>
  );
}

export function Select({ label, hint, errors, className, children, ...input }: FieldProps & ComponentProps<'select'>) {
  return (
    <Field label={label} hint={hint} errors={errors} className={className} id={input.id}>
      {(tied) => (
        <select className="control" {...input} {...tied}>
          {children}
        </select>
      )}
    </Field>
  );
}

/** Says what went wrong with the form as a whole; gets the focus so that it is seen and read out. */
export function FormError({ title, children }: { title: ReactNode; children?: ReactNode }) {
  return (
    <div role="alert" tabIndex={-1} className="rounded-field border border-seal/40 bg-seal-soft px-4 py-3 text-[.9375rem]">
      <p className="font-semibold text-seal">{title}</p>
      {children && <div className="mt-1">{children}</div>}
    </div>
  );
}

/** A submit button that shows that it was heard and cannot be pressed twice while the answer is under way (ui/enhance.js does it for documents). */
export function Submit({ children, busy, className = 'btn go', ...rest }: ComponentProps<'button'> & { busy?: string }) {
  const navigation = useNavigation();
  const sending =
    navigation.state !== 'idle' &&
    navigation.formMethod !== undefined &&
    navigation.formMethod !== 'GET' &&
    (rest.value === undefined || navigation.formData?.get(rest.name ?? 'intent') === rest.value);
  return (
    <button
      type="submit"
      className={className}
      aria-disabled={sending || undefined}
      data-busy={busy}
      {...rest}
      onClick={sending ? (e) => e.preventDefault() : rest.onClick}
    >
      {sending ? (busy ?? children) : children}
    </button>
  );
}
