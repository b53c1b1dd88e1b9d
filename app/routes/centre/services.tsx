import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { listCentreServices } from '#app/modules/catalogue/list-centre-services.server.ts';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { waitingByService } from '#app/modules/orders/offers/view-waiting.server.ts';
import { Submit } from '#app/ui/form.tsx';
import { day, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { familyName, unitName } from '../catalogue/words.ts';
import { requireCentre } from './guard.server.ts';
import { noticeOf, saying } from './notices.ts';
import { Workspace } from './workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const list = await listCentreServices(services, { organisationId: member.organisation.id });
  const waiting = await waitingByService(services, actorOf(member));
  return { list, waiting, manager: member.role === 'manager', notice: noticeOf(new URL(request.url).searchParams) };
});

export const action = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const data = await request.formData();
  const status = data.get('intent') === 'pause' ? ('paused' as const) : ('published' as const);
  if (member.role !== 'manager') return redirectTo(saying('/centre/services', 'forbidden', ''));
  await setServiceStatus(
    services,
    { personId: member.person.id, organisationId: member.organisation.id },
    String(data.get('service') ?? ''),
    status,
  );
  return redirectTo(saying('/centre/services', status, ''));
});

export const meta: MetaFunction = () => [{ title: `${m.centre_services_title()} · ${m.brand()}` }];

const STATUS = {
  published: { tone: 'ok', name: m.centre_status_published },
  paused: { tone: 'warn', name: m.centre_status_paused },
  draft: { tone: '', name: m.centre_status_draft },
};

export default function Services() {
  const { list, waiting, manager, notice } = useView<typeof loader>();
  return (
    <Workspace
      title={m.centre_services_title()}
      notice={notice}
      actions={
        <A to="/centre/services/new" className="btn go">
          {m.centre_listing_new()}
        </A>
      }
    >
      {list.length === 0 ? (
        <Empty title={m.centre_services_none()} />
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
              {list.map((row) => {
                const name = pick(row.nameZh, row.nameEn) || m.centre_listing_unnamed();
                const waits = waiting.find(({ id }) => id === row.id);
                const paused = row.status === 'paused';
                return (
                  <tr key={row.id}>
                    <td>
                      <span>
                        {row.status === 'published' ? (
                          <A to={`/services/${row.slug}`} className="link">
                            {name}
                          </A>
                        ) : (
                          name
                        )}
                        {row.specification && <span className="tiny whitespace-nowrap"> {row.specification}</span>}
                        {waits && (
                          <span className="tiny block">
                            {m.centre_waiting({
                              count: waits.count,
                              from: day(waits.from ?? 0, { timeZone: waits.zone }),
                              until: day(waits.until ?? 0, { timeZone: waits.zone }),
                            })}
                          </span>
                        )}
                      </span>
                    </td>
                    <td data-label={m.centre_column_family()}>{familyName(row.family)}</td>
                    <td className="r whitespace-nowrap" data-label={m.centre_column_price()}>
                      {money(row.unitNet)} / {unitName(row.unit)}
                    </td>
                    <td className="r" data-label={m.centre_column_past()}>
                      {row.past}
                    </td>
                    <td className="r" data-label={m.centre_column_coming()}>
                      {row.coming}
                    </td>
                    <td data-label={m.centre_column_state()}>
                      <span className="flex flex-wrap gap-1">
                        <span className={`chip whitespace-nowrap ${STATUS[row.status].tone}`}>{STATUS[row.status].name()}</span>
                        {row.saved === 'review' && <span className="chip warn">{m.centre_listing_state_review()}</span>}
                        {row.saved === 'draft' && row.status !== 'draft' && (
                          <span className="chip warn">{m.centre_listing_state_changes()}</span>
                        )}
                      </span>
                    </td>
                    <td className="r">
                      <span className="flex flex-wrap justify-end gap-2 md:flex-nowrap">
                        <A to={`/centre/services/${row.id}`} className="btn small" aria-label={`${m.centre_listing_edit()}: ${name}`}>
                          {m.centre_listing_edit()}
                        </A>
                        {manager && row.status !== 'draft' && (
                          <Form method="post">
                            <input type="hidden" name="service" value={row.id} />
                            <Submit
                              name="intent"
                              value={paused ? 'resume' : 'pause'}
                              className="btn small"
                              aria-label={`${paused ? m.centre_resume() : m.centre_pause()}: ${name}`}
                            >
                              {paused ? m.centre_resume() : m.centre_pause()}
                            </Submit>
                          </Form>
                        )}
                      </span>
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {!manager && <p className="muted">{m.centre_managers_only()}</p>}
    </Workspace>
  );
}
