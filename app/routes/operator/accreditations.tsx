import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { listChecks } from '#app/read-models/view-checks.server.ts';
import { date, dayTime } from '#app/ui/format.ts';
import { certificateName } from '../catalogue/words.ts';
import { countQueues } from './count.server.ts';
import { doneIn, QueuePage } from './queue.tsx';
import { CHECK_STEPS, timeZone } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  return {
    ...(await listChecks(services, operator)),
    count: await countQueues(services, operator),
    done: doneIn(request),
  };
});

export const meta: MetaFunction = () => [{ title: `${m.operator_checks_title()} · ${m.brand()}` }];

const DONE = { accepted: m.operator_checks_done_accepted, refused: m.operator_checks_done_refused };

export default function Accreditations() {
  const { waiting, decided, count, done } = useView<typeof loader>();
  return (
    <QueuePage
      title={m.operator_checks_title()}
      lead={m.operator_checks_lead()}
      count={count}
      notice={done && DONE[done]()}
      none={{ title: m.operator_checks_none(), text: m.operator_checks_none_text() }}
      waiting={waiting}
      decided={decided}
      columns={[
        { name: m.operator_check_number(), cell: ({ kind, number }) => certificateName({ kind, number }) },
        { name: m.operator_check_centre(), cell: ({ centre }) => pick(centre.nameZh, centre.nameEn) },
        { name: m.operator_check_until(), cell: ({ validUntil, centre }) => date(validUntil, { timeZone: centre.timeZone }) },
        {
          name: m.operator_check_at(),
          cell: ({ checkedAt, statedAt }) => {
            const at = checkedAt ?? statedAt;
            return at === null ? '–' : dayTime(at, { timeZone });
          },
        },
      ]}
      pathOf={({ id }) => `/operator/accreditations/${id}`}
      // An own statement is in no queue: nobody checks it.
      stateOf={({ step }) => CHECK_STEPS[step === 'own' ? 'ended' : step]}
    />
  );
}
