import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath, pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { viewRowsAtRest, viewScope } from '#app/modules/capability/import/view-scope.server.ts';
import type { Capability } from '#app/modules/capability/rules/capability.ts';
import { centreZone } from '#app/modules/centres/centre-zone.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { capabilityRows } from '#app/routes/catalogue/capability-rows.server.ts';
import { coverageText } from '#app/routes/catalogue/uncertainty-words.ts';
import { CapabilityTable } from '#app/ui/capability-table.tsx';
import { date } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { Workspace } from '../workspace.tsx';

const PER_PAGE = 100;
const MOST_WORDS = 80;

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const asked = new URL(request.url).searchParams;
  const scopes = await services.scopes.current();
  const words = (asked.get('q') ?? '').trim().slice(0, MOST_WORDS);
  const rows = await viewScope(services, scopes, actorOf(member), words);
  const pages = Math.max(1, Math.ceil(rows.length / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Math.trunc(Number(asked.get('page'))) || 1));
  const [, added, changed, removed, same] = /^(\d{1,6})\.(\d{1,6})\.(\d{1,6})\.(\d{1,6})$/.exec(asked.get('done') ?? '') ?? [];
  const actor = actorOf(member);
  const timeZone = await centreZone(services, actor);
  const shown = rows.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  return {
    resting: words ? [] : await viewRowsAtRest(services, actor),
    timeZone,
    count: rows.length,
    words,
    rows: capabilityRows(shown, services.clock()).map((row, i) => ({
      ...row,
      validity: validityOf(shown[i]?.accreditation, services.clock(), timeZone),
    })),
    page,
    pages,
    manager: can(actorOf(member), 'scope.state'),
    said: ['stored', 'removed'].find((name) => asked.has(name)),
    done: added === undefined ? null : { added: Number(added), changed: Number(changed), removed: Number(removed), same: Number(same) },
  };
});

/** Until when the accreditation holds that a row stands under. */
function validityOf(under: Capability['accreditation'] | undefined, now: number, timeZone: string): string {
  if (!under || under.validUntil === null) return '';
  const said = { day: date(under.validUntil, { timeZone }) };
  return under.validUntil < now ? m.capability_scope_valid_ended(said) : m.capability_scope_valid_until(said);
}

export const meta: MetaFunction = () => [{ title: `${m.capability_scope_title()} · ${m.brand()}` }];

const rowPath = (id: string) => `/centre/capabilities/rows/${id}`;

export default function Capabilities() {
  const { resting, timeZone, count, words, rows, page, pages, manager, done, said } = useView<typeof loader>();
  const bring = manager && (
    <A to="/centre/capabilities/import" className="btn go">
      {m.capability_scope_import()}
    </A>
  );
  return (
    <Workspace
      title={m.capability_scope_title()}
      notice={
        done
          ? { tone: 'ok', text: m.capability_import_done(done) }
          : said
            ? { tone: 'ok', text: said === 'stored' ? m.capability_row_stored() : m.capability_row_removed() }
            : null
      }
      actions={
        (count > 0 || words) && (
          <div className="flex flex-wrap gap-2">
            <a className="btn" href={localePath('/centre/capabilities/export.csv')} download>
              {m.capability_scope_export()}
            </a>
            {manager && (
              <A to="/centre/capabilities/rows/new" className="btn">
                {m.capability_row_new()}
              </A>
            )}
            {bring}
          </div>
        )
      }
    >
      {done && manager && count > 0 && (
        <p>
          {m.capability_import_next()}{' '}
          <A to="/centre/services/new" className="link">
            {m.capability_import_next_link()}
          </A>{' '}
          <A to="/centre/services/from-scope" className="link">
            {m.centre_from_scope_title()}
          </A>
        </p>
      )}
      {count === 0 && !words ? (
        <Empty title={m.capability_scope_none_title()}>
          <p>{m.capability_scope_none_text()}</p>
          {bring || <p>{m.capability_import_forbidden()}</p>}
        </Empty>
      ) : (
        <section className="card pad">
          <Form method="get" action={localePath('/centre/capabilities')} role="search" className="mb-4 flex max-w-lg gap-2">
            <input
              className="control min-w-0 flex-1"
              type="search"
              name="q"
              defaultValue={words}
              placeholder={m.capability_scope_find()}
              aria-label={m.capability_scope_find()}
              maxLength={MOST_WORDS}
            />
            <button type="submit" className="btn">
              {m.capability_scope_find_submit()}
            </button>
          </Form>
          <p className="tiny mb-3">{count === 0 ? m.capability_scope_find_none() : m.capability_scope_count({ count })}</p>
          <CapabilityTable rows={rows} {...(manager ? { hrefOf: rowPath } : {})} />
          <Turning path={`/centre/capabilities?${words ? `q=${encodeURIComponent(words)}&` : ''}`} page={page} pages={pages} />
        </section>
      )}
      {resting.length > 0 && (
        <section className="card pad grid gap-3" aria-labelledby="resting-title">
          <h2 id="resting-title">{m.capability_scope_waiting_title()}</h2>
          <ul className="grid gap-2">
            {resting.map((row) => (
              <li key={row.id}>
                {manager ? (
                  <A to={rowPath(row.id)}>{pick(row.instrumentZh, row.instrumentEn)}</A>
                ) : (
                  pick(row.instrumentZh, row.instrumentEn)
                )}{' '}
                {row.designation && ` · ${row.designation}`} · {row.range} · {row.uncertainty} ({coverageText(row)}) ·{' '}
                <span className="tiny">
                  {row.ended
                    ? m.capability_scope_ended({ day: date(row.at, { timeZone }) })
                    : m.capability_scope_begins({ day: date(row.at, { timeZone }) })}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Workspace>
  );
}

/** Leads to the pages beside this one; `path` ends where the number is added. */
export function Turning({ path, page, pages }: { path: string; page: number; pages: number }) {
  if (pages === 1) return null;
  return (
    <nav className="mt-4 flex flex-wrap items-center gap-3" aria-label={m.capability_scope_page({ page, pages })}>
      {page > 1 && (
        <A to={`${path}page=${page - 1}`} className="btn small">
          ‹ {m.capability_scope_previous()}
        </A>
      )}
      <span className="tiny">{m.capability_scope_page({ page, pages })}</span>
      {page < pages && (
        <A to={`${path}page=${page + 1}`} className="btn small">
          {m.capability_scope_next()} ›
        </A>
      )}
    </nav>
  );
}
