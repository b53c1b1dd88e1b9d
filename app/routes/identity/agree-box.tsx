import { shownNumber } from '#app/core/form.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { A } from '#app/ui/link.tsx';

/** The versions the form showed. */
export const shownVersions = (form: FormData) => ({
  terms: shownNumber.parse(form.get('terms') ?? ''),
  privacy: shownNumber.parse(form.get('privacy') ?? ''),
});

type AgreeProps = { force: { terms: number; privacy: number }; ticked: boolean; errors: string[] | undefined };

/** To the versions that are shown; never ticked beforehand. Nothing where none is in force. */
export function AgreeBox({ force, ticked, errors }: AgreeProps) {
  if (force.terms + force.privacy === 0) return null;
  return (
    <div className="grid gap-1">
      <input type="hidden" name="terms" value={force.terms} />
      <input type="hidden" name="privacy" value={force.privacy} />
      <label className="flex min-h-11 items-center gap-3">
        <input type="checkbox" name="agrees" defaultChecked={ticked} aria-describedby={errors ? 'agrees-error' : undefined} />
        <span>{m.legal_sign_up_agree()}</span>
      </label>
      <p className="tiny flex flex-wrap gap-x-4">
        <A to="/terms" className="link" target="_blank">
          {m.legal_sign_up_read()}: {m.legal_terms()}
        </A>
        <A to="/privacy" className="link" target="_blank">
          {m.legal_sign_up_read()}: {m.legal_privacy()}
        </A>
      </p>
      {errors && (
        <p id="agrees-error" className="error-text">
          {m.legal_fault_agree()}
        </p>
      )}
    </div>
  );
}
