import type { MetaFunction } from '@remix-run/node';
import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { barePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { viewText } from '#app/modules/legal/view-text.server.ts';
import { date } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';
import { Blocks } from './blocks.tsx';
import { pageName, pageNamed, TEXT_ZONE } from './words.ts';

export const loader = serve(async ({ request, services }) => {
  const url = new URL(request.url);
  const page = pageNamed(barePath(url.pathname).slice(1));
  if (!page) throw new Problem('not_found');
  const { version, current, versions, textZh, textEn, effectiveAt } = await viewText(services, page, url.searchParams.get('version'));
  const since = (at: number | null) => date(at ?? 0, { timeZone: TEXT_ZONE });
  return {
    page,
    title: pageName(page),
    text: pick(textZh, textEn),
    lead: version === null ? '' : m.legal_version({ version, day: since(effectiveAt) }),
    old: version !== null && version !== current,
    hasCurrent: current !== null,
    versions: versions
      .map((one) => ({
        version: one.version,
        text: m.legal_version({ version: one.version, day: since(one.effectiveAt) }),
        mark: one.version === current ? m.legal_in_force() : (one.effectiveAt ?? 0) > services.clock() ? m.legal_announced() : '',
        here: one.version === version,
      }))
      .reverse(),
  };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: [data?.title, m.brand()].filter(Boolean).join(' · ') }];

export default function LegalText() {
  const { page, title, text, lead, old, hasCurrent, versions } = useView<typeof loader>();
  return (
    <Page title={title} lead={lead}>
      {old && (
        <p className="card pad flex flex-wrap gap-x-4 gap-y-1" role="note">
          {m.legal_not_current()}
          {hasCurrent && (
            <A to={`/${page}`} className="link">
              {m.legal_current()}
            </A>
          )}
        </p>
      )}
      {lead === '' ? (
        <Empty title={m.legal_none()}>
          <p>{m.legal_none_text()}</p>
        </Empty>
      ) : (
        <Blocks text={text} />
      )}
      {versions.length > 0 && (
        <section className="grid gap-2" aria-labelledby="versions">
          <h2 id="versions">{m.legal_versions()}</h2>
          <ul className="grid gap-1">
            {versions.map((one) => (
              <li key={one.version} className="flex flex-wrap items-baseline gap-x-3">
                <A to={`/${page}?version=${one.version}`} className="link" aria-current={one.here ? 'page' : undefined}>
                  {one.text}
                </A>
                {one.mark && <span className="chip">{one.mark}</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Page>
  );
}
