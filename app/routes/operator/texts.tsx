import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { requireOperator } from '#app/modules/identity/guards.server.ts';
import { listTexts } from '#app/modules/legal/list-texts.server.ts';
import { date } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { pageName, TEXT_ZONE } from '../legal/words.ts';

export const loader = serve(async ({ request, services }) => {
  const operator = await requireOperator(services, request);
  const texts = await listTexts(services, operator);
  return {
    texts: texts.map(({ page, current, draft }) => ({
      page,
      draft,
      title: pageName(page),
      state:
        current === null
          ? m.legal_operator_none()
          : m.legal_version({ version: current.version, day: date(current.effectiveAt ?? 0, { timeZone: TEXT_ZONE }) }),
    })),
  };
});

export const meta: MetaFunction = () => [{ title: `${m.legal_operator_title()} · ${m.brand()}` }];

export default function Texts() {
  const { texts } = useView<typeof loader>();
  return (
    <Page
      title={m.legal_operator_title()}
      lead={m.legal_operator_lead()}
      crumbs={[{ to: '/operator', label: m.ui_nav_operator() }, { label: m.legal_operator_title() }]}
    >
      <ul className="card pad grid divide-y divide-line">
        {texts.map(({ page, title, state, draft }) => (
          <li key={page} className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
            <span className="min-w-0 flex-1 basis-48">
              <A to={`/${page}`} className="link">
                {title}
              </A>
              <span className="tiny block">{state}</span>
            </span>
            {draft && <span className="chip warn">{m.legal_operator_draft()}</span>}
            <A to={`/operator/texts/${page}`} className="btn small" aria-label={`${title}: ${m.legal_operator_edit()}`}>
              {m.legal_operator_edit()}
            </A>
          </li>
        ))}
      </ul>
    </Page>
  );
}
