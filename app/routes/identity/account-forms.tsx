import { getFormProps } from '@conform-to/react';
import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { changePasswordForm, profileForm } from '#app/modules/identity/forms.ts';
import { Submit } from '#app/ui/form.tsx';
import { SchemaField, SchemaSelect, Troubles, useSchemaForm } from './form-parts.tsx';

export function ProfileForm({ name, locale }: { name: string; locale: 'zh-CN' | 'en' }) {
  const { form, fields, firstWrong } = useSchemaForm('profile', profileForm, { name, locale });
  return (
    <Form method="post" {...getFormProps(form)} className="grid gap-5">
      <SchemaField field={fields.name} firstWrong={firstWrong} label={m.identity_name()} autoComplete="name" />
      <SchemaSelect field={fields.locale} firstWrong={firstWrong} label={m.identity_language()}>
        <option value="zh-CN" lang="zh-CN">
          {m.identity_language_zh()}
        </option>
        <option value="en" lang="en">
          {m.identity_language_en()}
        </option>
      </SchemaSelect>
      <div>
        <Submit className="btn" name="intent" value="profile">
          {m.identity_save()}
        </Submit>
      </div>
    </Form>
  );
}

export function PasswordForm({ email }: { email: string }) {
  const { form, fields, firstWrong, trouble } = useSchemaForm('password', changePasswordForm);
  return (
    <Form method="post" {...getFormProps(form)} className="grid gap-5">
      <Troubles trouble={trouble} />
      <input type="hidden" name="username" value={email} autoComplete="username" />
      <SchemaField
        field={fields.current}
        firstWrong={firstWrong}
        label={m.identity_current_password()}
        type="password"
        autoComplete="current-password"
      />
      <SchemaField
        field={fields.password}
        firstWrong={firstWrong}
        label={m.identity_new_password()}
        hint={`${m.identity_password_hint()} ${m.identity_change_password_note()}`}
        type="password"
        autoComplete="new-password"
      />
      <div>
        <Submit className="btn" name="intent" value="password">
          {m.identity_change_password()}
        </Submit>
      </div>
    </Form>
  );
}
