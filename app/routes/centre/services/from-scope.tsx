import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice, given, several, wholeNumber } from '#app/core/form.ts';
import { answerForm, refuse } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { localePath } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { DELIVERY_MODES } from '#app/modules/catalogue/facets.ts';
import { chosenOf, SCOPE_FAMILIES } from '#app/modules/catalogue/listing/draft-from-group.ts';
import { draftServices } from '#app/modules/catalogue/listing/draft-services.server.ts';
import { publishDrafts } from '#app/modules/catalogue/listing/publish-drafts.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { viewUnlistedScope } from '#app/read-models/view-unlisted-scope.server.ts';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { requireCentre } from '../guard.server.ts';
import { NotOnSaleYet } from '../not-on-sale-yet.tsx';
import { saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { FromScopeForm } from './from-scope-form.tsx';
import { PublishOutcome } from './publish-outcome.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  const params = new URL(request.url).searchParams;
  const words = (params.get('q') ?? '').trim().slice(0, 80);
  const { preparing, pools, groups } = await viewUnlistedScope(services, actor);
  const wanted = words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const found = groups.filter(({ instrumentZh, instrumentEn, method }) => {
    const said = `${instrumentZh} ${instrumentEn} ${method}`.normalize('NFKC').toLowerCase();
    return wanted.every((word) => said.includes(word));
  });
  return {
    preparing,
    pools,
    // What no service is sold on yet comes first: that is what one is here for.
    groups: [...found.filter(({ services: sold }) => sold === 0), ...found.filter(({ services: sold }) => sold > 0)],
    none: groups.length === 0,
    words,
    all: params.get('all') === '1',
    sells: can(actor, 'service.publish') && !preparing,
    drafts: can(actor, 'service.draft'),
  };
});

const scopeForm = z.object({
  intent: choice(['draft', 'publish']),
  family: choice(SCOPE_FAMILIES),
  keys: several,
  /** One for each of the keys, also where nothing is typed. */
  prices: z.array(z.string().default('')).default([]),
  groups: several,
  price: given,
  poolIds: several,
  deliveryModes: z.array(z.enum(DELIVERY_MODES)).default([]),
  booking: choice(['instant', 'approve']),
  minutesPerItem: wholeNumber.refine((n) => n >= 1 && n <= 10_080, 'minutes'),
  turnaroundDays: wholeNumber.refine((n) => n <= 365, 'days'),
});

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(request, scopeForm, async ({ intent, keys, prices, groups, price, ...common }, form) => {
    const rows = keys.map((key, i) => ({ key, price: prices[i] ?? '' }));
    const read = chosenOf(rows, groups, price);
    if ('faults' in read) {
      const each = Object.entries(read.faults).map(([key, fault]) => [`row ${key}`, fault]);
      return refuse(form, { ...Object.fromEntries(each), ...(read.forAll ? { price: 'price' } : {}) });
    }
    const ids = await draftServices(services, actor, read.chosen, common);
    const list = '/centre/services?state=draft';
    if (intent === 'draft') throw redirectTo(saying(list, 'services_drafted', String(ids.length)));
    const outcome = await publishDrafts(services, actor, ids);
    if (outcome.unpublished.length > 0) return data(outcome, { status: 409 });
    throw redirectTo(saying('/centre/services', 'services_published', String(outcome.published)));
  });
});

const FAULTS = {
  'groups.choose': m.centre_from_scope_none_ticked,
  'groups.too_many': m.centre_from_scope_too_many,
  'groups.gone': m.centre_listing_fault_gone,
  'poolIds.gone': m.centre_from_scope_pool_gone,
  minutes: m.centre_from_scope_minutes_fault,
  days: m.centre_from_scope_days_fault,
  price: m.centre_listing_fault_price,
  unticked: m.centre_from_scope_unticked,
};

export const meta: MetaFunction = () => [{ title: `${m.centre_from_scope_title()} · ${m.brand()}` }];

export default function FromScope() {
  const { groups, none, words, all, drafts, preparing, ...view } = useView<typeof loader>();
  const answered = useActionData<typeof action>();
  const back = useFormBack(FAULTS);
  const outcome = answered && 'unpublished' in answered ? answered : undefined;
  return (
    <Workspace title={m.centre_from_scope_title()}>
      {preparing && <NotOnSaleYet />}
      <FormTrouble back={back} />
      {outcome && (
        <>
          <PublishOutcome {...outcome} />
          <A to="/centre/services?state=draft" className="btn justify-self-start">
            {m.centre_from_scope_to_drafts()}
          </A>
        </>
      )}
      {!outcome &&
        (none ? (
          <Empty title={m.centre_listing_scope_none()}>
            <A to="/centre/capabilities/import" className="link">
              {m.centre_nav_capabilities()}
            </A>
          </Empty>
        ) : (
          <>
            <p className="text-ink-2">{m.centre_from_scope_lead()}</p>
            <Form method="get" action={localePath('/centre/services/from-scope')} role="search" className="flex flex-wrap items-end gap-2">
              <input
                key={words}
                type="search"
                name="q"
                className="control w-full sm:w-72"
                defaultValue={words}
                maxLength={80}
                aria-label={m.centre_from_scope_search()}
                placeholder={m.centre_from_scope_search()}
              />
              <button type="submit" className="btn small">
                {m.centre_search()}
              </button>
              <A to={`/centre/services/from-scope?all=1${words && `&q=${encodeURIComponent(words)}`}`} className="btn small">
                {m.centre_from_scope_tick_all()}
              </A>
              {words && (
                <A to="/centre/services/from-scope" className="link inline-flex min-h-11 items-center">
                  {m.centre_search_clear()}
                </A>
              )}
            </Form>
            {drafts ? (
              <FromScopeForm groups={groups} all={all} back={back} {...view} />
            ) : (
              <p className="muted">{m.centre_drafters_only()}</p>
            )}
          </>
        ))}
    </Workspace>
  );
}
