import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { given } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { findEntries } from '#app/modules/catalogue/find-entry.ts';
import { type CentreProfile, PROFILE_FIELDS, profileFaults, saveCentre, viewProfile } from '#app/modules/centres/save-centre.server.ts';
import { requireMember } from '#app/modules/identity/guards.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { viewWaitingVerificationRequest } from '#app/read-models/view-requests.server.ts';
import { Select, Submit, TextArea, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { Empty } from '#app/ui/page.tsx';
import { noticeOf, saying } from '../notices.ts';
import { FindEntry, Verification } from '../scope/entry-parts.tsx';
import { Workspace } from '../workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'centre'));
  const view = await viewProfile(services, actor);
  const search = new URL(request.url).searchParams;
  const words = view.slug === null ? (search.get('find') ?? '').trim().slice(0, 80) : '';
  const waiting = await viewWaitingVerificationRequest(services, actor);
  return {
    ...view,
    before: view.verifiedAs && pick(view.verifiedAs.zh, view.verifiedAs.en),
    manager: can(actor, 'scope.state'),
    notice: noticeOf(search),
    words,
    found: findEntries(await services.catalogue.current(), words).map((entry) => ({
      slug: entry.slug,
      name: pick(entry.nameZh, entry.nameEn),
      city: pick(entry.cityZh, entry.cityEn),
    })),
    waiting: waiting && { slug: waiting.slug, name: pick(waiting.nameZh, waiting.nameEn) },
  };
});

/** Everything wrong with the form is said at once; what only the database can tell is checked when the rest is right. */
const profileForm = z
  .object(Object.fromEntries(PROFILE_FIELDS.map((field) => [field, given])) as Record<keyof CentreProfile, typeof given>)
  .superRefine((profile, context) => {
    for (const [field, message] of Object.entries(profileFaults(profile))) context.addIssue({ code: 'custom', path: [field], message });
  });

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireMember(services, request, 'centre'));
  return answerForm(request, profileForm, async (profile) => {
    const slug = await saveCentre(services, actor, profile);
    throw redirectTo(saying('/centre/profile', slug === null ? 'profile_prepared' : 'profile_saved', ''));
  });
});

export const meta: MetaFunction = () => [{ title: `${m.centre_profile_title()} · ${m.brand()}` }];

const FAULTS = {
  needed: m.centre_profile_fault_needed,
  too_long: m.centre_profile_fault_too_long,
  latin: m.centre_profile_fault_latin,
  phone: m.centre_profile_fault_phone,
  parkId: m.parks_own_choose,
};
const LABELS = {
  nameZh: m.centre_profile_name_zh,
  nameEn: m.centre_profile_name_en,
  cityZh: m.centre_profile_city_zh,
  cityEn: m.centre_profile_city_en,
  addressZh: m.centre_profile_address_zh,
  addressEn: m.centre_profile_address_en,
  phone: m.centre_profile_phone,
  introZh: m.centre_profile_intro_zh,
  introEn: m.centre_profile_intro_en,
};

export default function Profile() {
  const {
    profile: saved,
    parkAsked,
    slug,
    preparing,
    verified,
    before,
    parks,
    manager,
    notice,
    words,
    found,
    waiting,
  } = useView<typeof loader>();
  const back = useFormBack(FAULTS);
  if (!manager)
    return (
      <Workspace title={m.centre_profile_title()}>
        <Empty title={m.centre_managers_only()} />
      </Workspace>
    );
  // What is written then is only prepared for the entry the organisation is asking for: a second one would get in its way.
  const prepares = slug === null && waiting !== null;
  const field = (name: keyof typeof LABELS) => ({
    name,
    label: LABELS[name](),
    defaultValue: back.text(name, saved[name]),
    ...back.errors(name),
  });
  return (
    <Workspace title={m.centre_profile_title()} notice={notice}>
      {slug === null ? (
        <FindEntry words={words} found={found} waiting={waiting} kept={preparing} />
      ) : (
        <Verification slug={slug} verified={verified} before={before} waiting={waiting !== null} />
      )}
      <Form method="post" className="card pad grid max-w-3xl gap-4">
        {slug === null && !prepares && <h2>{m.centre_profile_new()}</h2>}
        <p className="text-ink-2">
          {prepares ? m.centre_profile_prepare_form() : slug === null ? m.centre_profile_begin() : m.centre_profile_text()}
        </p>
        <FormTrouble back={back} title={m.centre_pool_fault()} />
        <div className="grid grid-cols-1 gap-4 sm:grid-cols-2">
          <TextField {...field('nameZh')} autoComplete="organization" readOnly={prepares} />
          <TextField {...field('nameEn')} readOnly={prepares} />
          <TextField {...field('cityZh')} />
          <TextField {...field('cityEn')} hint={m.centre_profile_city_hint()} />
          <TextField {...field('addressZh')} id="addressZh" />
          <TextField {...field('addressEn')} />
          <TextField {...field('phone')} type="tel" autoComplete="tel" hint={m.centre_profile_phone_hint()} className="sm:col-span-2" />
          <TextArea {...field('introZh')} rows={4} />
          <TextArea {...field('introEn')} rows={4} />
        </div>
        {!prepares && (
          <Select
            name="parkId"
            label={m.centre_profile_park()}
            hint={parkAsked ? m.centre_profile_park_asked() : m.centre_profile_park_hint()}
            defaultValue={back.text('parkId', saved.parkId)}
            {...back.errors('parkId')}
          >
            <option value="">{m.centre_profile_park_none()}</option>
            {parks.map((park) => (
              <option key={park.id} value={park.id}>
                {pick(park.nameZh, park.nameEn)}
              </option>
            ))}
          </Select>
        )}
        <div className="flex flex-wrap gap-3">
          <Submit busy={m.centre_listing_busy()}>{m.centre_accreditation_save()}</Submit>
          {slug && (
            <A to={`/centres/${slug}`} className="btn quiet">
              {m.centre_listing_see()}
            </A>
          )}
        </div>
      </Form>
      {(slug || preparing) && (
        <section className="card pad grid max-w-3xl gap-2">
          <h2>{m.centre_profile_next()}</h2>
          <ol className="grid list-decimal gap-1 pl-5">
            <li>
              <A to="/centre/capabilities/import" className="link">
                {m.centre_profile_next_scope()}
              </A>
            </li>
            <li>
              <A to="/centre/accreditations" className="link">
                {m.centre_profile_next_accreditations()}
              </A>
            </li>
            <li>
              <A to="/centre/pools" className="link">
                {m.centre_profile_next_pools()}
              </A>
            </li>
            <li>
              <A to="/centre/services/new" className="link">
                {prepares ? m.centre_profile_next_drafts() : m.centre_profile_next_services()}
              </A>
            </li>
            <li>
              <A to="/members" className="link">
                {m.centre_profile_next_people()}
              </A>
            </li>
          </ol>
        </section>
      )}
    </Workspace>
  );
}
