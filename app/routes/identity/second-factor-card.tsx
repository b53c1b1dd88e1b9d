import * as m from '#app/i18n/paraglide/messages.js';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { type ListedPasskey, PasskeyList } from './passkeys.tsx';
import { HOME_ZONE } from './sessions.tsx';

type SecondFactorProps = { since: number | null; passkeys: ListedPasskey[]; demonstration: boolean };

/** On the account page: whether there is a second factor, by which passkeys, and the way to it. */
export function SecondFactor({ since, passkeys, demonstration }: SecondFactorProps) {
  return (
    <section className="card pad grid gap-4">
      <h2>{m.identity_second_title()}</h2>
      <p>{since === null ? m.identity_second_off() : m.identity_second_on({ when: dayTime(since, { timeZone: HOME_ZONE }) })}</p>
      <p className="muted">{demonstration ? m.identity_second_demonstration() : m.identity_second_lead()}</p>
      {passkeys.length > 0 && <PasskeyList passkeys={passkeys} />}
      <A to="/account/second-factor" className="btn justify-self-start">
        {since === null ? m.identity_second_set_up() : m.identity_second_manage()}
      </A>
    </section>
  );
}
