import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { listVerificationRequests } from '#app/read-models/view-requests.server.ts';
import { dayTime } from '#app/ui/format.ts';
import { countQueues } from './count.server.ts';
import { doneIn, QueuePage } from './queue.tsx';
import { timeZone, VERIFICATION_REQUEST_STATES } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const { person } = await requireOperator(services, request);
  return {
    ...(await listVerificationRequests(services, person.id)),
    count: await countQueues(services, person.id),
    done: doneIn(request),
  };
});

export const meta: MetaFunction = () => [{ title: `${m.operator_title()} · ${m.brand()}` }];

const DONE = { accepted: m.operator_done_accepted, refused: m.operator_done_refused };

export default function VerificationRequests() {
  const { waiting, decided, count, done } = useView<typeof loader>();
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
    />
  );
}
