import type { MetaFunction } from '@remix-run/node';
import { useActionData } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { can } from '#app/modules/identity/policy.ts';
import { listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import { waitingByService } from '#app/read-models/view-waiting.server.ts';
import { Pages } from '#app/ui/facets.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { NotOnSaleYet } from '../not-on-sale-yet.tsx';
import { noticeOf } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { PublishOutcome } from './publish-outcome.tsx';
import { ServiceRow } from './service-row.tsx';
import { actOnServices } from './services-act.server.ts';
import { addressOf, askedOf } from './services-asked.ts';
import { ServicesBar } from './services-bar.tsx';
import { STOCK_FAULTS } from './stock-form.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const actor = actorOf(member);
  const params = new URL(request.url).searchParams;
  const asked = askedOf(params);
  const list = await listCentreServices(services, actor, asked);
  return {
    ...list,
    asked: { ...asked, page: list.page },
    waiting: await waitingByService(
      services,
      actor,
      list.services.map(({ id }) => id),
    ),
    none: list.found === 0 && asked.words === '' && !asked.state,
    all: params.get('all') === '1',
    manager: can(actor, 'service.publish'),
    // Nothing of a hidden entry is on sale, or can be put there.
    sells: can(actor, 'service.publish') && !list.preparing,
    drafts: can(actor, 'service.draft'),
    notice: noticeOf(params),
  };
});

export const action = serve(({ request, services }) => actOnServices(services, request));

/** What one of the forms was refused for. */
const FAULTS = {
  until: m.centre_failed_pause_day,
  forbidden: m.centre_failed_forbidden,
  none_ticked: m.centre_failed_none_ticked,
  drafts_ticked: m.centre_failed_drafts_ticked,
  too_many: m.centre_failed_too_many,
  ...STOCK_FAULTS,
};

export const meta: MetaFunction = () => [{ title: `${m.centre_services_title()} · ${m.brand()}` }];

export default function Services() {
  const {
    services: list,
    asked,
    counts,
    found,
    pages,
    none,
    waiting,
    all,
    manager,
    sells,
    preparing,
    drafts,
    notice,
  } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  const answered = useActionData<typeof action>();
  const ticked = back.list('services');
  return (
    <Workspace
      title={m.centre_services_title()}
      notice={notice}
      actions={
        <span className="flex flex-wrap gap-2">
          <A to="/centre/services/prices" className="btn">
            {m.centre_prices_title()}
          </A>
          {drafts && (
            <>
              <A to="/centre/services/from-scope" className="btn">
                {m.centre_from_scope_title()}
              </A>
              <A to="/centre/services/new" className="btn go">
                {m.centre_listing_new()}
              </A>
            </>
          )}
        </span>
      }
    >
      {preparing && <NotOnSaleYet />}
      <FormTrouble back={back} />
      {answered && 'unpublished' in answered && <PublishOutcome {...answered} />}
      {none ? (
        <Empty title={m.centre_services_none()}>{drafts && <p>{m.centre_services_none_text()}</p>}</Empty>
      ) : (
        <>
          <ServicesBar
            asked={asked}
            counts={counts}
            found={found}
            shown={list.length}
            manager={sells}
            until={back.text('until')}
            whole={back.text('whole') !== ''}
          />
          {list.length === 0 ? (
            <Empty title={m.centre_services_found_none()} />
          ) : (
            <div className="card pad">
              <table className="data stack">
                <thead>
                  <tr>
                    <th scope="col">{m.centre_column_service()}</th>
                    <th scope="col">{m.centre_column_family()}</th>
                    <th scope="col" className="r">
                      {m.centre_column_price()}
                    </th>
                    <th scope="col" className="r">
                      {m.centre_column_past()}
                    </th>
                    <th scope="col" className="r">
                      {m.centre_column_coming()}
                    </th>
                    <th scope="col">{m.centre_column_state()}</th>
                    <th scope="col" className="r">
                      {m.centre_column_next()}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {list.map((row) => (
                    <ServiceRow
                      key={row.id}
                      row={row}
                      waits={waiting.find(({ id }) => id === row.id)}
                      manager={sells}
                      drafts={drafts}
                      ticked={all || ticked.includes(row.id)}
                      back={back}
                    />
                  ))}
                </tbody>
              </table>
            </div>
          )}
          <Pages page={asked.page} pages={pages} to={(page) => addressOf({ ...asked, page })} />
        </>
      )}
      {!manager && <p className="muted">{m.centre_managers_only()}</p>}
    </Workspace>
  );
}
