import type { MetaFunction } from '@remix-run/node';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import type { Standing } from '#app/modules/centres/accreditation/standing.ts';
import { can } from '#app/modules/identity/policy.ts';
import { viewAccreditations } from '#app/read-models/view-accreditations.server.ts';
import { certificateName } from '#app/routes/catalogue/words.ts';
import { date } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { checkView } from './check-words.ts';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const view = await viewAccreditations(services, actorOf(member));
  const held = view.held.map((one) => ({ ...one, check: checkView(one, view.timeZone) }));
  return { ...view, held, manager: can(actorOf(member), 'scope.state'), notice: noticeOf(new URL(request.url).searchParams) };
});

export const meta: MetaFunction = () => [{ title: `${m.centre_accreditations_title()} · ${m.brand()}` }];

const STATES: Record<Standing['state'], { tone: string; name: (facts: { days: number }) => string }> = {
  coming: { tone: '', name: m.centre_accreditation_state_coming },
  in_force: { tone: '', name: m.centre_accreditation_state_in_force },
  ending: { tone: 'warn', name: m.centre_accreditation_state_ending },
  ended: { tone: 'bad', name: m.centre_accreditation_state_ended },
};

export default function Accreditations() {
  const { held, own, timeZone, manager, notice } = useView<typeof loader>();
  const add = manager && (
    <A to="/centre/accreditations/new" className="btn go">
      {m.centre_accreditation_new()}
    </A>
  );
  return (
    <Workspace title={m.centre_accreditations_title()} notice={notice} actions={held.length > 0 && add}>
      {held.length === 0 ? (
        <Empty title={m.centre_accreditations_none()}>
          <p>{m.centre_accreditations_none_text()}</p>
          {add || <p>{m.centre_managers_only()}</p>}
        </Empty>
      ) : (
        <section className="card pad grid gap-3">
          <p className="text-ink-2">{m.centre_accreditations_lead()}</p>
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.centre_accreditation_number()}</th>
                <th scope="col">{m.centre_accreditation_until()}</th>
                <th scope="col">{m.centre_accreditation_state()}</th>
                <th scope="col" className="r">
                  {m.centre_accreditation_rows()}
                </th>
                <th scope="col">{m.centre_accreditation_evidence()}</th>
              </tr>
            </thead>
            <tbody>
              {held.map((one) => {
                const { tone, name } = STATES[one.standing.state];
                const called = certificateName(one);
                return (
                  <tr key={one.id}>
                    <td>
                      <span className="grid">
                        {manager ? (
                          <A to={`/centre/accreditations/${one.id}`} className="link">
                            {called}
                          </A>
                        ) : (
                          called
                        )}
                        {one.scope && <span className="tiny">{one.scope}</span>}
                      </span>
                    </td>
                    <td data-label={m.centre_accreditation_until()}>{date(one.validUntil, { timeZone })}</td>
                    <td data-label={m.centre_accreditation_state()}>
                      <span className="grid gap-1">
                        <span className="flex flex-wrap gap-1">
                          {one.step !== 'ended' && (
                            <span className={`chip whitespace-nowrap ${tone}`}>{name({ days: one.standing.daysLeft })}</span>
                          )}
                          <span className={`chip whitespace-nowrap ${one.check.tone}`}>{one.check.name}</span>
                        </span>
                        {one.check.says.map((text) => (
                          <span key={text} className="tiny max-w-[48ch] whitespace-pre-line">
                            {text}
                          </span>
                        ))}
                      </span>
                    </td>
                    <td className="r" data-label={m.centre_accreditation_rows()}>
                      {one.rows}
                    </td>
                    <td data-label={m.centre_accreditation_evidence()}>
                      {one.evidence ? (
                        <a className="link [overflow-wrap:anywhere]" href={localePath(`/centre/accreditations/${one.id}/evidence`)}>
                          {one.evidence.name}
                        </a>
                      ) : (
                        '—'
                      )}
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
          {own > 0 && <p className="tiny">{m.centre_accreditation_own({ count: own })}</p>}
        </section>
      )}
    </Workspace>
  );
}
