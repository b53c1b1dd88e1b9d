import * as m from '#app/i18n/paraglide/messages.js';
import { deviceOf } from '#app/modules/identity/device.ts';
import { isLocalNetwork } from '#app/modules/identity/network.ts';
import { dayTime } from '#app/ui/format.ts';
import { HOME_ZONE } from './sessions.tsx';

type Way = 'password' | 'code' | 'passkey' | 'recovery_code' | 'confirmation' | 'invitation';
type SignIn = { id: string; at: number; way: Way; userAgent: string; network: string; newDevice: boolean };

const WAYS: Record<Way, () => string> = {
  password: m.identity_way_password,
  code: m.identity_way_code,
  passkey: m.identity_way_passkey,
  recovery_code: m.identity_way_recovery_code,
  confirmation: m.identity_way_confirmation,
  invitation: m.identity_way_invitation,
};

/** When, by what and from where the person signed in. */
export function SignIns({ signIns }: { signIns: SignIn[] }) {
  return (
    <section className="card pad grid gap-4">
      <h2>{m.identity_sign_ins()}</h2>
      <p className="muted">{signIns.length === 0 ? m.identity_sign_ins_none() : m.identity_sign_ins_lead()}</p>
      <ul className="grid divide-y divide-line">
        {signIns.map(({ id, at, way, userAgent, network, newDevice }) => {
          const device = deviceOf(userAgent);
          const place = isLocalNetwork(network) ? m.identity_network_local() : m.identity_network({ network });
          return (
            <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <span className="grid min-w-0 flex-1 basis-48">
                <span className="font-semibold">{dayTime(at, { timeZone: HOME_ZONE })}</span>
                <span className="tiny">
                  {device ? m.identity_device(device) : m.identity_device_unknown()} · {place} · {WAYS[way]()}
                </span>
              </span>
              {newDevice && <span className="chip">{m.identity_sign_in_new_device()}</span>}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
