import { Form } from '@remix-run/react';
import * as m from '#app/i18n/paraglide/messages.js';
import { deviceOf } from '#app/modules/identity/device.ts';
import { Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';

export type ListedSession = { id: string; createdAt: number; userAgent: string; address: string; current: boolean };

/** Nobody's own zone is known on the server: the platform's home zone. */
export const HOME_ZONE = 'Asia/Shanghai';

/** Where the person is signed in, with a way out of each. */
export function Sessions({ sessions }: { sessions: ListedSession[] }) {
  return (
    <section className="card pad grid gap-4">
      <h2>{m.identity_sessions()}</h2>
      <ul className="grid divide-y divide-line">
        {sessions.map((session) => {
          const device = deviceOf(session.userAgent);
          return (
            <li key={session.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-3">
              <span className="grid min-w-0 flex-1 basis-48">
                <span className="font-semibold">{device ? m.identity_device(device) : m.identity_device_unknown()}</span>
                <span className="tiny">
                  {session.address} · {m.identity_session_since({ when: dayTime(session.createdAt, { timeZone: HOME_ZONE }) })}
                </span>
              </span>
              {session.current ? (
                <span className="chip ok">{m.identity_session_current()}</span>
              ) : (
                <Form method="post">
                  <input type="hidden" name="session" value={session.id} />
                  <Submit className="btn small" name="intent" value="revoke">
                    {m.identity_session_revoke()}
                  </Submit>
                </Form>
              )}
            </li>
          );
        })}
      </ul>
      {sessions.length > 1 && (
        <Form method="post">
          <Submit className="btn small danger" name="intent" value="revoke-others">
            {m.identity_sessions_revoke_others()}
          </Submit>
        </Form>
      )}
    </section>
  );
}
