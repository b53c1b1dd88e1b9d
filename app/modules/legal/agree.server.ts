import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { acceptInvitationAsNew } from '#app/modules/identity/accept-invitation.server.ts';
import { type Agreed, noteAgreement } from '#app/modules/identity/agreement.server.ts';
import type { Entered } from '#app/modules/identity/enter.server.ts';
import type { SignUpForm } from '#app/modules/identity/forms.ts';
import type { Caller } from '#app/modules/identity/limits.server.ts';
import { signUp } from '#app/modules/identity/sign-up.server.ts';
import { mustAgree } from './legal-rules.ts';
import { versionsInForce } from './texts-in-force.server.ts';

/**
 * Somebody signed in agrees to what is in force: to the versions they were shown, never to ones that began meanwhile.
 * @throws Problem stale when a newer version began
 */
export async function agree(deps: Pick<Deps, 'db' | 'clock'>, personId: string, shown: Agreed): Promise<void> {
  const force = await versionsInForce(deps);
  if (force.terms !== shown.terms || force.privacy !== shown.privacy) throw new Problem('stale');
  await deps.db.write((tx) => noteAgreement(tx, personId, force, deps.clock()));
}

type SignUpDeps = Parameters<typeof signUp>[0];

/** As identity's sign-up, with the agreement to what is in force. @throws Problem invalid_form {field: agrees} where it is missing */
export async function signUpAgreeing(
  deps: SignUpDeps,
  form: SignUpForm & Parameters<typeof signUp>[1] & { shown: Agreed },
  from: Caller,
): Promise<void> {
  const { shown, ...rest } = form;
  await signUp(deps, { ...rest, ...(await agreedIn(deps, form)) }, from);
}

/** As identity's joining by invitation, with the agreement to what is in force. @throws Problem invalid_form {field: agrees} where it is missing */
export async function joinAgreeing(
  deps: Parameters<typeof acceptInvitationAsNew>[0],
  form: Parameters<typeof acceptInvitationAsNew>[1] & { shown: Agreed },
  from: Caller,
): Promise<Entered> {
  const { shown, ...rest } = form;
  return acceptInvitationAsNew(deps, { ...rest, ...(await agreedIn(deps, form)) }, from);
}

/** What was shown must be what is in force, and the box ticked. @throws Problem invalid_form {field: agrees} */
async function agreedIn(
  deps: Pick<Deps, 'db' | 'clock'>,
  { agrees, shown }: { agrees?: string | undefined; shown: Agreed },
): Promise<{ agreed?: Agreed }> {
  const force = await versionsInForce(deps);
  if (mustAgree(force, agrees === undefined ? { terms: 0, privacy: 0 } : shown))
    throw new Problem('invalid_form', { field: 'agrees', reason: 'agree' });
  return force.terms + force.privacy > 0 ? { agreed: force } : {};
}
