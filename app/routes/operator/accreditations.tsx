import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { countWaiting, listChecks } from '#app/modules/catalogue/accreditation/view-checks.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { date, dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { certificateName } from '../catalogue/words.ts';
import { Queues } from './queues.tsx';
import { CHECK_STEPS, timeZone } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  const done = new URL(request.url).searchParams.get('done');
  const count = await countWaiting(services, person.id);
  return { ...(await listChecks(services, person.id)), count, done: DONE.find((one) => one === done) };
});

const DONE = ['accepted', 'refused'] as const;

export const meta: MetaFunction = () => [{ title: `${m.operator_checks_title()} · ${m.brand()}` }];

export default function Accreditations() {
  const { waiting, decided, count, done } = useView<typeof loader>();
  return (
    <Page title={m.operator_checks_title()} lead={m.operator_checks_lead()}>
      <Queues count={count} />
      {done && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {done === 'accepted' ? m.operator_checks_done_accepted() : m.operator_checks_done_refused()}
        </p>
      )}
      {waiting.length === 0 ? (
        <Empty title={m.operator_checks_none()}>
          <p>{m.operator_checks_none_text()}</p>
        </Empty>
      ) : (
        <section className="card pad grid gap-3">
          <h2>{m.operator_waiting({ count: waiting.length })}</h2>
          <List checks={waiting} />
        </section>
      )}
      {decided.length > 0 && (
        <section className="card pad grid gap-3">
          <h2>{m.operator_decided()}</h2>
          <List checks={decided} />
        </section>
      )}
    </Page>
  );
}

function List({ checks }: { checks: ViewOf<typeof loader>['waiting'] }) {
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{m.operator_check_number()}</th>
          <th scope="col">{m.operator_check_centre()}</th>
          <th scope="col">{m.operator_check_until()}</th>
          <th scope="col">{m.operator_check_at()}</th>
          <th scope="col">{m.operator_state()}</th>
        </tr>
      </thead>
      <tbody>
        {checks.map(({ id, kind, number, centre, validUntil, statedAt, checkedAt, step }) => {
          const at = checkedAt ?? statedAt;
          const { tone, name } = CHECK_STEPS[step === 'own' ? 'ended' : step];
          return (
            <tr key={id}>
              <td>
                <A to={`/operator/accreditations/${id}`} className="link [overflow-wrap:anywhere]">
                  {certificateName({ kind, number })}
                </A>
              </td>
              <td data-label={m.operator_check_centre()}>{pick(centre.nameZh, centre.nameEn)}</td>
              <td data-label={m.operator_check_until()}>{date(validUntil, { timeZone: centre.timeZone })}</td>
              <td data-label={m.operator_check_at()}>{at === null ? '–' : dayTime(at, { timeZone })}</td>
              <td data-label={m.operator_state()}>
                <span className={`chip whitespace-nowrap ${tone}`}>{name()}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
