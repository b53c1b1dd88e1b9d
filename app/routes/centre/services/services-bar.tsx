import { Form } from '@remix-run/react';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { MOST_AT_ONCE, SERVICE_STATES } from '#app/modules/catalogue/service-states.ts';
import { Submit } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { BULK_FORM, statusName } from './service-row.tsx';
import { type Asked, addressOf } from './services-asked.ts';

type Props = {
  asked: Asked;
  counts: Record<(typeof SERVICE_STATES)[number], number>;
  found: number;
  /** On this page. */
  shown: number;
  manager: boolean;
  until: string;
  whole: boolean;
};

/** Finds services in the list, and acts on those that are ticked. */
export function ServicesBar({ asked, counts, found, shown, manager, until, whole }: Props) {
  const { words, state = '' } = asked;
  return (
    <div className="grid gap-3">
      <Form method="get" action={localePath('/centre/services')} role="search" className="flex flex-wrap items-end gap-2">
        <input
          key={words}
          type="search"
          name="q"
          className="control w-full sm:w-72"
          defaultValue={words}
          maxLength={80}
          aria-label={m.centre_services_search()}
          placeholder={m.centre_services_search()}
        />
        <select name="state" className="control w-auto" defaultValue={state} key={state} aria-label={m.centre_column_state()}>
          <option value="">{m.centre_services_all_states()}</option>
          {SERVICE_STATES.map((one) => (
            <option key={one} value={one}>
              {m.centre_services_state_count({ state: statusName(one), count: counts[one] })}
            </option>
          ))}
        </select>
        <button type="submit" className="btn small">
          {m.centre_search()}
        </button>
        {(words || state) && (
          <A to="/centre/services" className="link inline-flex min-h-11 items-center">
            {m.centre_search_clear()}
          </A>
        )}
        <span className="tiny self-center">{m.centre_services_count({ count: found })}</span>
      </Form>
      {manager && shown > 0 && (
        <Form method="post" id={BULK_FORM} className="flex flex-wrap items-center gap-2">
          <input type="hidden" name="here" value={addressOf(asked)} />
          <A to={addressOf(asked, { all: '1' })} className="btn small">
            {m.centre_services_tick_all()}
          </A>
          <Submit name="intent" value="publish_all" className="btn small">
            {m.centre_services_publish_ticked()}
          </Submit>
          <Submit name="intent" value="resume_all" className="btn small">
            {m.centre_services_resume_ticked()}
          </Submit>
          <Submit name="intent" value="pause_all" className="btn small">
            {m.centre_services_pause_ticked()}
          </Submit>
          <label className="tiny flex flex-wrap items-center gap-2">
            {m.centre_pause_until()}
            <input type="date" name="until" className="control w-40" defaultValue={until} />
            {m.centre_pause_until_hint()}
          </label>
          {found > shown && found <= MOST_AT_ONCE && (
            <label className="flex min-h-11 items-center gap-2">
              <input type="checkbox" name="whole" value="all" defaultChecked={whole} />
              {m.centre_services_whole({ count: found })}
            </label>
          )}
        </Form>
      )}
    </div>
  );
}
