import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { countWaiting } from '#app/modules/catalogue/accreditation/view-checks.server.ts';
import { listProofs } from '#app/modules/catalogue/proof/view-proofs.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { Queues } from './queues.tsx';
import { PROOF_STATES, timeZone } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  const done = new URL(request.url).searchParams.get('done');
  const count = await countWaiting(services, person.id);
  return { ...(await listProofs(services, person.id)), count, done: DONE.find((one) => one === done) };
});

const DONE = ['accepted', 'refused'] as const;

export const meta: MetaFunction = () => [{ title: `${m.operator_title()} · ${m.brand()}` }];

export default function Proofs() {
  const { waiting, decided, count, done } = useView<typeof loader>();
  return (
    <Page title={m.operator_title()} lead={m.operator_lead()}>
      <Queues count={count} />
      {done && (
        <p role="status" className="rounded-field bg-ok-soft px-4 py-3 text-ok">
          {done === 'accepted' ? m.operator_done_accepted() : m.operator_done_refused()}
        </p>
      )}
      {waiting.length === 0 ? (
        <Empty title={m.operator_none()}>
          <p>{m.operator_none_text()}</p>
        </Empty>
      ) : (
        <section className="card pad grid gap-3">
          <h2>{m.operator_waiting({ count: waiting.length })}</h2>
          <List proofs={waiting} />
        </section>
      )}
      {decided.length > 0 && (
        <section className="card pad grid gap-3">
          <h2>{m.operator_decided()}</h2>
          <List proofs={decided} />
        </section>
      )}
    </Page>
  );
}

function List({ proofs }: { proofs: ViewOf<typeof loader>['waiting'] }) {
  return (
    <table className="data stack">
      <thead>
        <tr>
          <th scope="col">{m.operator_entry()}</th>
          <th scope="col">{m.operator_organisation()}</th>
          <th scope="col">{m.operator_asked()}</th>
          <th scope="col">{m.operator_state()}</th>
        </tr>
      </thead>
      <tbody>
        {proofs.map((proof) => {
          const { tone, name } = PROOF_STATES[proof.state];
          return (
            <tr key={proof.id}>
              <td>
                <A to={`/operator/proofs/${proof.id}`} className="link">
                  {pick(proof.centre.nameZh, proof.centre.nameEn)}
                </A>
              </td>
              <td data-label={m.operator_organisation()}>{pick(proof.organisation.nameZh, proof.organisation.nameEn)}</td>
              <td data-label={m.operator_asked()}>{dayTime(proof.createdAt, { timeZone })}</td>
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
