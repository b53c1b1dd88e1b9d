import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { filesOf } from '#app/core/files-of.server.ts';
import { choice, filesIn, readForm, shownNumber } from '#app/core/form.ts';
import { isProblem, Problem } from '#app/core/problem.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { bringPictures } from '#app/modules/catalogue/listing/bring-pictures.server.ts';
import { onlyOf } from '#app/modules/catalogue/listing/family-fields.ts';
import {
  LISTS,
  type ListingFaults,
  type ListingField,
  type ListingTexts,
  listingTexts,
  MOST_PICTURES,
  readListing,
  TEXTS,
} from '#app/modules/catalogue/listing/listing-content.ts';
import { publishListing } from '#app/modules/catalogue/listing/publish-listing.server.ts';
import { publishFaults } from '#app/modules/catalogue/listing/required-things.ts';
import { discardListing, saveListing } from '#app/modules/catalogue/listing/save-listing.server.ts';
import { can } from '#app/modules/identity/policy.ts';
import { viewChoices, viewListing } from '#app/read-models/view-listing.server.ts';
import { FormError, Submit } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { NotOnSaleYet } from '../not-on-sale-yet.tsx';
import { noticeOf, saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';
import { ListingForm } from './listing-form.tsx';
import { MissingList, Preview, previewOf } from './listing-preview.tsx';

const idOf = (params: { id?: string | undefined }) => (params.id === 'new' ? null : (params.id ?? ''));

export const loader = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const id = idOf(params);
  const view = await viewListing(services, actorOf(member), id);
  const { content, ...rest } = view;
  return {
    ...rest,
    id,
    course: view.published !== null && content.family === 'training' && content.unit === 'seat',
    files: await filesOf(services, actorOf(member), content.pictures),
    texts: listingTexts(content),
    preview: previewOf(content, view.choices),
    manager: can(actorOf(member), 'service.publish'),
    drafts: can(actorOf(member), 'service.draft'),
    notice: noticeOf(new URL(request.url).searchParams),
  };
});

/** What was pressed, and on what page of it; what is typed, the listing's own schema reads. */
const pressedForm = z.object({
  intent: choice(['save', 'review', 'publish', 'look', 'upload', 'discard']),
  revision: shownNumber,
  version: shownNumber,
});

export const action = serve(async ({ request, params, services }) => {
  const member = await requireCentre(services, request);
  const actor = actorOf(member);
  const serviceId = idOf(params);
  const form = await request.formData();
  const pressed = readForm(form, pressedForm);
  if ('faults' in pressed) throw new Problem('bad_request');
  const { intent, revision, version } = pressed.input;
  if (intent === 'discard') {
    await discardListing(services, actor, { serviceId: serviceId ?? '', revision });
    throw redirectTo(saying('/centre/services', 'listing_discarded', ''));
  }
  const texts = {
    ...Object.fromEntries(TEXTS.map((name) => [name, pressed.typed[name]?.[0] ?? ''])),
    ...Object.fromEntries(LISTS.map((name) => [name, pressed.typed[name] ?? []])),
  } as unknown as ListingTexts;
  // Kept before anything else is looked at: a form that comes back has them.
  const given = filesIn(form, 'brought');
  const room = Math.max(0, MOST_PICTURES - texts.pictures.length);
  const bringing = given.slice(0, room).map((file) => ({ name: file.name, bytes: async () => new Uint8Array(await file.arrayBuffer()) }));
  const brought = await bringPictures(services, actor, serviceId, bringing);
  // What has just been written may not be read everywhere yet.
  const files = [...(await filesOf(services, actor, texts.pictures)), ...brought.files];
  texts.pictures = [...texts.pictures, ...brought.files.map(({ id }) => id)];
  const read = readListing(onlyOf(texts));
  const choices = await viewChoices(services, actor);
  const answer = (trouble: keyof typeof TROUBLES | null, faults: ListingFaults, status: number) =>
    data(
      { texts, files, refused: brought.refused, trouble, faults, preview: 'content' in read ? previewOf(read.content, choices) : null },
      { status },
    );
  if (brought.refused.length > 0) return answer('files', 'faults' in read ? read.faults : {}, 400);
  if (given.length > room) return answer('files', { pictures: `pictures ${MOST_PICTURES}` }, 400);
  if ('faults' in read) return answer('faults', read.faults, 400);
  const { content } = read;
  if (intent === 'look' || intent === 'upload') return answer(null, {}, 200);
  const missing = intent === 'save' ? {} : publishFaults(content, choices.address);
  if (Object.keys(missing).length > 0) return answer('missing', missing, 400);
  const input = { serviceId, content, revision, version };
  try {
    if (intent === 'publish') {
      await publishListing(services, actor, input);
      throw redirectTo(saying('/centre/services', 'listing_published', ''));
    }
    const state = intent === 'review' ? 'review' : 'draft';
    const saved = await saveListing(services, actor, input, state);
    throw redirectTo(saying(`/centre/services/${saved.serviceId}`, state === 'review' ? 'listing_review' : 'listing_saved', ''));
  } catch (error) {
    if (isProblem(error) && error.code === 'stale') return answer('stale', {}, 409);
    if (isProblem(error) && error.code === 'invalid_form')
      return answer(
        error.facts.reason === 'other_instruments' ? 'others' : error.facts.reason === 'preparing' ? 'preparing' : 'missing',
        { [String(error.facts.field)]: error.facts.field === 'pictures' ? 'files_gone' : String(error.facts.reason) },
        409,
      );
    throw error;
  }
});

export const meta: MetaFunction = () => [{ title: `${m.centre_listing_title()} · ${m.brand()}` }];

const TROUBLES = {
  files: m.centre_listing_faults,
  faults: m.centre_listing_faults,
  missing: m.centre_listing_missing,
  others: m.centre_listing_others_title,
  preparing: m.centre_listing_fault_preparing,
  stale: m.centre_listing_stale,
};

export default function Listing() {
  const view = useView<typeof loader>();
  const answered = useActionData<typeof action>();
  const { id, course, preparing, choices, revision, manager, drafts, state, published, versions, notice } = view;
  const preview = answered ? answered.preview : view.preview;
  return (
    <Workspace title={id === null ? m.centre_listing_title_new() : m.centre_listing_title()} notice={notice}>
      {preparing && <NotOnSaleYet />}
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_340px]">
        <ListingForm
          texts={answered?.texts ?? view.texts}
          files={answered?.files ?? view.files}
          refused={answered?.refused ?? []}
          faults={answered?.faults ?? {}}
          choices={choices}
          others={preview?.others ?? null}
          revision={revision}
          version={published?.version ?? 0}
          manager={manager}
          preparing={preparing}
          drafts={drafts}
        >
          {answered?.trouble && (
            <FormError title={TROUBLES[answered.trouble]()}>
              {answered.trouble === 'missing' && (
                <MissingList fields={Object.keys(answered.faults) as ListingField[]} faults={answered.faults} />
              )}
              {answered.trouble === 'others' && (
                <a href="#scope" className="link">
                  {m.centre_listing_others_go()}
                </a>
              )}
              {answered.trouble === 'stale' && (
                <A to={`/centre/services/${id}`} className="link" target="_blank">
                  {m.centre_listing_latest()}
                </A>
              )}
            </FormError>
          )}
        </ListingForm>
        <div className="grid gap-6 lg:sticky lg:top-5">
          <div id="preview" aria-live="polite">
            {preview && <Preview preview={preview} />}
          </div>
          {(state || published) && (
            <section className="card pad grid gap-3">
              {state && (
                <span className="chip warn justify-self-start">
                  {state === 'review'
                    ? m.centre_listing_state_review()
                    : published
                      ? m.centre_listing_state_changes()
                      : m.centre_listing_state_draft()}
                </span>
              )}
              {published?.status === 'published' && (
                <A to={`/services/${published.slug}`} className="link">
                  {m.centre_listing_see()}
                </A>
              )}
              {course && (
                <A to={`/centre/services/${id}/dates`} className="link">
                  {m.centre_dates_link()}
                </A>
              )}
              {versions.length > 0 && <h2>{m.centre_listing_versions()}</h2>}
              {versions.map(({ version, publishedAt }) => (
                <p key={version} className="tiny">
                  {m.centre_listing_version({ version, when: dayTime(publishedAt, { timeZone: 'Asia/Shanghai' }) })}
                </p>
              ))}
              {state && drafts && (
                <Form method="post">
                  <input type="hidden" name="revision" value={revision} />
                  <Submit name="intent" value="discard" className="btn small danger">
                    {m.centre_listing_discard()}
                  </Submit>
                </Form>
              )}
            </section>
          )}
          <A to="/centre/services" className="btn quiet justify-self-start">
            {m.centre_listing_back()}
          </A>
        </div>
      </div>
    </Workspace>
  );
}
