import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { actorOf } from '#app/core/actor.ts';
import { answerForm, refuse } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { FIELDS } from '#app/modules/capability/rules/fields.ts';
import { can } from '#app/modules/identity/policy.ts';
import { parseHours, unsoldOf } from '#app/modules/scheduling/hours-text.ts';
import { savePool } from '#app/modules/scheduling/save-pool.server.ts';
import { viewPool } from '#app/read-models/view-pools.server.ts';
import { fieldName } from '#app/routes/catalogue/words.ts';
import { FormError, Select, Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { TouchedOrders } from '../orders/touched-orders.tsx';
import { Workspace } from '../workspace.tsx';
import { poolForm, readPool, textsIn, textsOf } from './pool-form.server.ts';
import { typedAgain } from './pool-typed.ts';
import { hoursText, hoursWords, POOL_KINDS, poolKindName, WEEKDAYS } from './pool-words.ts';
import { ResourceRow } from './resource-row.tsx';

const GRID_CHOICES = ['15', '30', '60'];
/** What a new pool is offered. */
const USUAL = '09:00-12:00, 13:30-17:30';

const idOf = (params: { id?: string | undefined }) => (params.id === 'new' ? null : (params.id ?? ''));

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const shown = await viewPool(services, actorOf(member), idOf(params));
  const { pool, touched, timeZone } = shown;
  return {
    id: pool?.id ?? null,
    isNew: pool === null,
    texts: textsOf(shown, (day) => (pool ? hoursText(pool.weeklyHours[day] ?? []) : day < 5 ? USUAL : '')),
    users: shown.services,
    people: { members: shown.members, others: shown.others },
    touched,
    timeZone,
    manager: can(actorOf(member), 'time.plan'),
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

export const action = serve(async ({ request, params, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(request, poolForm, async (input, form) => {
    const read = readPool(textsIn(input), await viewPool(services, actor, idOf(params)));
    if ('faults' in read) return refuse(form, read.faults);
    const id = await savePool(services, actor, read.input);
    throw redirectTo(saying(`/centre/pools/${id}`, 'pool_saved', ''));
  });
});

export const meta: MetaFunction = () => [{ title: `${m.centre_pool_title()} · ${m.brand()}` }];

const faultWords = (grid: string) => ({
  name: m.centre_pool_fault_name,
  ...hoursWords(grid),
  add: m.centre_pool_fault_add,
  none_open: m.centre_pool_fault_none_open,
  person: m.centre_pool_fault_person,
  twice: m.centre_pool_fault_person_twice,
  personId: m.centre_pool_fault_person,
  date: m.centre_accreditation_fault_date,
  resources: m.centre_pool_fault_resources,
});

/** Minutes that are open and no whole cell: said, so that nobody waits for them to be booked. */
function unsoldText(text: string, grid: string): string | undefined {
  const rest = unsoldOf(parseHours(text, Number(grid)) ?? [], Number(grid));
  return rest.length > 0 ? m.centre_pool_unsold({ hours: hoursText(rest), grid }) : undefined;
}

export default function PoolPage() {
  const view = useView<typeof loader>();
  const { id, isNew, users, people, touched, timeZone, manager, notice } = view;
  const back = useFormBack(faultWords(view.texts.grid));
  const texts = back.refused ? typedAgain(back, view.texts) : view.texts;
  const { errors } = back;
  const technicians = texts.kind === 'technician';
  return (
    <Workspace title={isNew ? m.centre_pool_new() : pick(view.texts.nameZh, view.texts.nameEn)} notice={notice}>
      {touched.length > 0 && <TouchedOrders text={m.centre_pool_touched({ count: touched.length })} orders={touched} timeZone={timeZone} />}
      <Form method="post" className="card pad grid gap-6">
        {back.code === 'person_booked_twice' ? (
          <FormError title={m.centre_pool_booked_twice()}>
            {m.centre_pool_booked_twice_text({ orders: String(back.facts.orders) })}
          </FormError>
        ) : (
          <FormTrouble back={back} title={m.centre_pool_fault()} />
        )}
        {/* Who plans no time looks at it. */}
        <fieldset disabled={!manager} className="contents">
          <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-3">
            <TextField name="nameZh" label={m.centre_pool_name_zh()} defaultValue={texts.nameZh} maxLength={60} {...errors('nameZh')} />
            <TextField name="nameEn" label={m.centre_pool_name_en()} defaultValue={texts.nameEn} maxLength={60} {...errors('nameEn')} />
            <Select name="kind" label={m.centre_pool_kind()} defaultValue={texts.kind} {...errors('kind')}>
              {POOL_KINDS.map((kind) => (
                <option key={kind} value={kind}>
                  {poolKindName(kind)}
                </option>
              ))}
            </Select>
            <Select name="field" label={m.centre_listing_field()} defaultValue={texts.field} {...errors('field')}>
              {FIELDS.map((field) => (
                <option key={field} value={field}>
                  {fieldName(field)}
                </option>
              ))}
            </Select>
            {isNew && (
              <Select name="grid" label={m.centre_pool_grid()} hint={m.centre_pool_grid_hint()} defaultValue={texts.grid}>
                {GRID_CHOICES.map((grid) => (
                  <option key={grid}>{grid}</option>
                ))}
              </Select>
            )}
          </div>
          <fieldset className="grid gap-3">
            <legend className="mb-2 text-[1.125rem] font-semibold">{m.centre_pool_hours()}</legend>
            <p className="tiny">{m.centre_pool_hours_hint()}</p>
            <div className="grid grid-cols-1 gap-4 sm:grid-cols-2 lg:grid-cols-4">
              {texts.hours.map((text, day) => (
                <TextField
                  // biome-ignore lint/suspicious/noArrayIndexKey: a weekday is its place
                  key={day}
                  name={`hours-${day}`}
                  label={WEEKDAYS[day]?.()}
                  defaultValue={text}
                  maxLength={120}
                  autoComplete="off"
                  hint={unsoldText(text, texts.grid)}
                  {...errors(`hours-${day}`)}
                />
              ))}
            </div>
            <label className="flex items-center gap-3">
              <input type="checkbox" name="holidays" value="1" defaultChecked={texts.holidays} />
              <span>{m.centre_pool_holidays()}</span>
            </label>
          </fieldset>
          <fieldset className="grid gap-4">
            <legend className="mb-2 text-[1.125rem] font-semibold">{m.centre_pool_resources()}</legend>
            <p className="tiny">
              {m.centre_pool_resources_hint()} {technicians && m.centre_pool_person_hint()}
            </p>
            {texts.resources.map((row, i) => (
              <ResourceRow key={row.id} row={row} i={i} errors={errors} people={technicians ? people : undefined} />
            ))}
            <TextField
              name="add"
              className="max-w-60"
              label={m.centre_pool_add()}
              hint={m.centre_pool_add_hint()}
              inputMode="numeric"
              defaultValue={texts.add}
              maxLength={3}
              {...errors('add')}
            />
          </fieldset>
        </fieldset>
        <div className="flex flex-wrap gap-3 border-t border-line pt-4">
          {manager ? (
            <Submit busy={m.centre_listing_busy()}>{m.centre_accreditation_save()}</Submit>
          ) : (
            <p className="muted">{m.centre_planners_only()}</p>
          )}
          <A to="/centre/pools" className="btn quiet">
            {m.centre_listing_back()}
          </A>
        </div>
      </Form>
      {!isNew && (
        <section className="card pad grid gap-2">
          <h2>{m.centre_busy_title()}</h2>
          <p>{m.centre_busy_link_text()}</p>
          <A to={`/centre/pools/${id}/calendars`} className="link justify-self-start">
            {m.centre_busy_link()}
          </A>
        </section>
      )}
      {!isNew && (
        <section className="card pad grid gap-2">
          <h2>{m.centre_pool_services()}</h2>
          {users.length === 0 && <p className="muted">{m.centre_pool_services_none()}</p>}
          <ul className="grid gap-1 sm:grid-cols-2">
            {users.map((service) => (
              <li key={service.id}>
                <A to={`/centre/services/${service.id}`} className="link">
                  {pick(service.nameZh, service.nameEn)}
                </A>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Workspace>
  );
}
