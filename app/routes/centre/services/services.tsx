import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { type Actor, actorOf } from '#app/core/actor.ts';
import { given, shownNumber, wholeNumber } from '#app/core/form.ts';
import { Problem } from '#app/core/problem.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import type { Services as Parts } from '#app/http/services.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { setServiceStatus } from '#app/modules/catalogue/set-service-status.server.ts';
import { setStock } from '#app/modules/catalogue/set-stock.server.ts';
import { centreZone } from '#app/modules/centres/centre-zone.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { dayOf, dayStart } from '#app/modules/scheduling/local-day.ts';
import { shownDay } from '#app/modules/scheduling/shown-day.ts';
import { listCentreServices } from '#app/read-models/list-centre-services.server.ts';
import { waitingByService } from '#app/read-models/view-waiting.server.ts';
import { familyName, unitName } from '#app/routes/catalogue/words.ts';
import { Submit } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { date, day, money } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { STOCK_FAULTS, StockForm } from './stock-form.tsx';

export const loader = serve(async ({ request, services }) => {
  const member = await requireCentre(services, request);
  const list = await listCentreServices(services, actorOf(member));
  const waiting = await waitingByService(services, actorOf(member));
  return {
    list,
    waiting,
    manager: can(actorOf(member), 'service.publish'),
    drafts: can(actorOf(member), 'service.draft'),
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

const serviceForm = z.discriminatedUnion('intent', [
  z.object({ intent: z.literal('stock'), service: given, available: wholeNumber, shown: shownNumber }),
  z.object({ intent: z.literal('pause'), service: given, until: given }),
  z.object({ intent: z.literal('resume'), service: given }),
]);

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const act = async (input: z.output<typeof serviceForm>) => {
    const back = (said: string) => redirectTo(saying('/centre/services', said, ''));
    if (input.intent === 'stock') {
      await setStock(services, actor, { serviceId: input.service, available: input.available, shown: input.shown });
      throw back('stock_set');
    }
    const until = input.intent === 'pause' ? await resumedAt(services, actor, input.until) : null;
    await setServiceStatus(services, actor, input.service, input.intent === 'pause' ? 'paused' : 'published', until);
    throw back(input.intent === 'pause' ? 'paused' : 'published');
  };
  return answerForm(request, serviceForm, act, ['forbidden']);
});

/** The start of the day it is on sale again, in UTC ms; null: nobody says when. @throws Problem invalid_form for a day that is not to come */
async function resumedAt(services: Parts, actor: Actor, until: string): Promise<number | null> {
  if (until === '') return null;
  const day = shownDay(until);
  const timeZone = await centreZone(services, actor);
  if (day === undefined || day <= dayOf(timeZone, services.clock())) throw new Problem('invalid_form', { field: 'until', reason: 'date' });
  return dayStart(timeZone, day);
}

/** What one of the table's forms was refused for. */
const FAULTS = { until: m.centre_failed_pause_day, forbidden: m.centre_failed_forbidden, ...STOCK_FAULTS };

export const meta: MetaFunction = () => [{ title: `${m.centre_services_title()} · ${m.brand()}` }];

const STATUS = {
  published: { tone: 'ok', name: m.centre_status_published },
  paused: { tone: 'warn', name: m.centre_status_paused },
  draft: { tone: '', name: m.centre_status_draft },
};

export default function Services() {
  const { list, waiting, manager, drafts, notice } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  return (
    <Workspace
      title={m.centre_services_title()}
      notice={notice}
      actions={
        drafts && (
          <A to="/centre/services/new" className="btn go">
            {m.centre_listing_new()}
          </A>
        )
      }
    >
      <FormTrouble back={back} />
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
                const pausing = back.fault('until') !== undefined && back.text('service') === row.id;
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
                    <td className="whitespace-nowrap" data-label={m.centre_column_family()}>
                      {familyName(row.family)}
                    </td>
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
                        <span className={`chip whitespace-nowrap ${STATUS[row.status].tone}`}>
                          {row.pausedUntil === null
                            ? STATUS[row.status].name()
                            : m.centre_paused_until({ day: date(row.pausedUntil, { timeZone: row.timeZone }) })}
                        </span>
                        {row.left !== null && <StockForm id={row.id} name={name} left={row.left} manager={manager} />}
                        {row.saved === 'review' && <span className="chip warn">{m.centre_listing_state_review()}</span>}
                        {row.saved === 'draft' && row.status !== 'draft' && (
                          <span className="chip warn">{m.centre_listing_state_changes()}</span>
                        )}
                      </span>
                    </td>
                    <td className="r">
                      <span className="flex flex-wrap items-start justify-end gap-2 md:flex-nowrap">
                        <A to={`/centre/services/${row.id}`} className="btn small" aria-label={`${m.centre_listing_edit()}: ${name}`}>
                          {m.centre_listing_edit()}
                        </A>
                        {manager && row.status !== 'draft' && (
                          <Form method="post" className="flex flex-wrap items-center justify-end gap-2">
                            <input type="hidden" name="service" value={row.id} />
                            <Submit
                              name="intent"
                              value={paused ? 'resume' : 'pause'}
                              className="btn small"
                              aria-label={`${paused ? m.centre_resume() : m.centre_pause()}: ${name}`}
                            >
                              {paused ? m.centre_resume() : m.centre_pause()}
                            </Submit>
                            {!paused && (
                              <details className="basis-full text-right" open={pausing || undefined}>
                                <summary className="tiny link cursor-pointer whitespace-nowrap">{m.centre_pause_date()}</summary>
                                <label className="tiny mt-2 grid justify-items-end gap-1">
                                  {m.centre_pause_until()}
                                  <input
                                    type="date"
                                    name="until"
                                    className="control w-40"
                                    defaultValue={pausing ? back.text('until') : undefined}
                                    aria-invalid={pausing || undefined}
                                  />
                                  {m.centre_pause_until_hint()}
                                </label>
                              </details>
                            )}
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
