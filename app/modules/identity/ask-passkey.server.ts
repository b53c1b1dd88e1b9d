import { and, eq, isNull } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import { Problem } from '#app/core/problem.ts';
import { passkey } from '#db/schema/identity.ts';
import type { Viewer } from './guards.server.ts';
import { keepChallenge } from './passkey-challenge.server.ts';
import { MOST_PASSKEYS } from './passkey-rules.ts';
import { optionsToMake, optionsToShow } from './webauthn.server.ts';

type Needs = Pick<Deps, 'db' | 'clock' | 'settings'>;

const ownPasskeys = ({ db }: Needs, personId: string) => db.read((q) => q.select().from(passkey).where(eq(passkey.personId, personId)));

/** What a browser is asked to make a passkey for whoever is signed in. @throws Problem bad_request when there are as many as may be */
export async function askForNewPasskey(deps: Needs, viewer: Viewer) {
  const { id, email, name } = viewer.person;
  const known = await ownPasskeys(deps, id);
  if (known.length >= MOST_PASSKEYS) throw new Problem('bad_request');
  const options = await optionsToMake(deps.settings, { id, email, name }, known);
  await keepChallenge(deps, viewer, 'add', options.challenge);
  return options;
}

/** What a browser is asked to show a passkey of whoever is signed in, or is about to be. @throws Problem not_found when there is none */
export async function askForPasskey(deps: Needs, viewer: Viewer) {
  const known = await deps.db.read((q) =>
    q
      .select()
      .from(passkey)
      .where(and(eq(passkey.personId, viewer.person.id), isNull(passkey.suspectedAt))),
  );
  if (known.length === 0) throw new Problem('not_found');
  const options = await optionsToShow(deps.settings, known);
  await keepChallenge(deps, viewer, 'show', options.challenge);
  return options;
}
