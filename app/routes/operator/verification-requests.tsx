import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView, type ViewOf } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { listRenamed } from '#app/modules/centres/verification/list-renamed.server.ts';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { listVerificationRequests } from '#app/read-models/view-requests.server.ts';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { countQueues } from './count.server.ts';
import { doneIn, QueuePage } from './queue.tsx';
import { timeZone, VERIFICATION_REQUEST_STATES } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  return {
    ...(await listVerificationRequests(services, operator)),
    renamed: await listRenamed(services, operator),
    count: await countQueues(services, operator),
    done: doneIn(request),
  };
});

export const meta: MetaFunction = () => [{ title: `${m.operator_title()} · ${m.brand()}` }];

const DONE = { accepted: m.operator_done_accepted, refused: m.operator_done_refused };

export default function VerificationRequests() {
  const { waiting, decided, renamed, count, done } = useView<typeof loader>();
  return (
    <QueuePage
      title={m.operator_title()}
      lead={m.operator_lead()}
      count={count}
      notice={done && DONE[done]()}
      none={{ title: m.operator_none(), text: m.operator_none_text() }}
      waiting={waiting}
      decided={decided}
      columns={[
        { name: m.operator_entry(), cell: ({ centre }) => pick(centre.nameZh, centre.nameEn) },
        { name: m.operator_organisation(), cell: ({ organisation }) => pick(organisation.nameZh, organisation.nameEn) },
        { name: m.operator_asked(), cell: ({ createdAt }) => dayTime(createdAt, { timeZone }) },
      ]}
      pathOf={({ id }) => `/operator/verification-requests/${id}`}
      stateOf={({ state }) => VERIFICATION_REQUEST_STATES[state]}
    >
      {renamed.length > 0 && <Renamed renamed={renamed} />}
    </QueuePage>
  );
}

function Renamed({ renamed }: { renamed: ViewOf<typeof loader>['renamed'] }) {
  return (
    <section className="card pad grid gap-3">
      <h2>{m.operator_renamed()}</h2>
      <p className="muted">{m.operator_renamed_text()}</p>
      <ul className="grid gap-2">
        {renamed.map(({ id, slug, nameZh, nameEn, verifiedAs }) => (
          <li key={id} className="[overflow-wrap:anywhere]">
            <A to={`/centres/${slug}`} className="link">
              {m.operator_renamed_item({
                before: pick(verifiedAs?.zh ?? '', verifiedAs?.en ?? ''),
                when: dayTime(verifiedAs?.at ?? 0, { timeZone }),
                now: pick(nameZh, nameEn),
              })}
            </A>
          </li>
        ))}
      </ul>
    </section>
  );
}
