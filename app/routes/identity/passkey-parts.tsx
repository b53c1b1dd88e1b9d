/** What the pages share that ask for a passkey: the script with its words, and a form it can fill in. */
import { Form } from '@remix-run/react';
import type { ComponentProps, ReactNode } from 'react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import passkey from '#app/ui/passkey.js?url';

/** Once on a page. What it says stands until the script runs, and stays where browsers know no passkeys. */
export function PasskeyScript() {
  return (
    <>
      <p id="passkey-note" className="card pad">
        {m.identity_passkey_without()}
      </p>
      <div
        id="passkey-words"
        hidden
        data-options={localePath('/passkey-options')}
        data-unsupported={m.identity_passkey_unsupported()}
        data-waiting={m.identity_passkey_waiting()}
        data-cancelled={m.identity_passkey_cancelled()}
        data-known={m.identity_passkey_known()}
        data-offline={m.identity_passkey_offline()}
        data-go-on={m.identity_passkey_go_on()}
      />
      <script src={passkey} defer />
    </>
  );
}

interface AskingProps {
  /** `getFormProps` of the form. */
  form: ComponentProps<typeof Form>;
  does: 'add' | 'answer';
  /** Whether there is a passkey that can be shown. */
  keys: boolean;
  /** The field that, filled in, answers in a passkey's place. */
  typed: string;
  children: ReactNode;
}

/** `add`: makes a passkey, after one there is was shown. `answer`: shows one, unless something was typed. */
export function AskingForm({ form, does, keys, typed, children }: AskingProps) {
  return (
    <Form method="post" {...form} className="grid gap-4" data-passkey={does} data-keys={keys ? 'yes' : 'no'} data-typed={typed}>
      {children}
      <input type="hidden" name="passkey" defaultValue="" />
      {does === 'add' && <input type="hidden" name="made" defaultValue="" />}
      <p role="status" data-says className="tiny empty:hidden" />
    </Form>
  );
}
