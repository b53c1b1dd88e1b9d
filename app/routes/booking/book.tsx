import type { MetaFunction } from '@remix-run/node';
import { Form, type ShouldRevalidateFunction, useActionData, useLoaderData, useSubmit } from '@remix-run/react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { serve } from '#app/http/route.server.ts';
import { pick } from '#app/i18n/locale.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { billFor } from '#app/modules/catalogue/bill.ts';
import { endingOf } from '#app/modules/catalogue/handover.ts';
import { choiceOf } from '#app/modules/catalogue/price-rules.ts';
import { getViewer } from '#app/modules/identity/guards.server.ts';
import { fingerprint } from '#app/modules/orders/price.ts';
import type { OpenBooking } from '#app/read-models/view-booking.server.ts';
import { TextField } from '#app/ui/form.tsx';
import { A } from '#app/ui/link.tsx';
import { Page } from '#app/ui/page.tsx';
import { answerForm, type Refusal } from './answer.server.ts';
import { Calendar } from './calendar.tsx';
import { Delivery, Extras } from './delivery.tsx';
import { Instruments } from './instruments.tsx';
import { BookerNotice, Paused, RefusalNotice } from './notice.tsx';
import { bookerOf, openPage } from './page.server.ts';
import { PriceFields } from './price-fields.tsx';
import type { FieldErrors } from './read-form.ts';
import { Sessions } from './sessions.tsx';
import { BottomBar, Summary } from './summary.tsx';
import {
  addressOf,
  choiceTyped,
  isDeliveryMode,
  numberOf,
  piecesOf,
  repeatedSerials,
  serialsOf,
  type Typed,
  typedFromForm,
} from './typed.ts';
import { BOOKING_FORM, useKept, useResumed } from './use-draft.ts';
import { Wait } from './wait.tsx';
import { errorsOf, quantityLabel } from './words.ts';

export const loader = serve(async ({ request, params, services }) => {
  const viewer = await getViewer(services, request);
  const opened = await openPage(services, viewer, params.slug ?? '', new URL(request.url).searchParams);
  const organisation = viewer?.organisation ? pick(viewer.organisation.nameZh, viewer.organisation.nameEn) : '';
  const none: { errors: FieldErrors; refusal: Refusal | null; requestedAt: number | null } = {
    errors: {},
    refusal: null,
    requestedAt: null,
  };
  const simulated = services.settings.demonstration && !services.settings.stripe;
  return { ...none, ...opened, booker: bookerOf(viewer), organisation, now: services.clock(), simulated };
});

export const action = serve(async ({ request, params, services }) => {
  const viewer = await getViewer(services, request);
  return answerForm(services, params.slug ?? '', viewer, await request.formData());
});

/** The bill and the free starts follow what is typed. */
export const handle = { live: true };

/** The action answers with the whole page's data: nothing to load again. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formMethod, defaultShouldRevalidate }) =>
  formMethod === 'POST' ? false : defaultShouldRevalidate;

export const meta: MetaFunction<typeof loader> = ({ data }) => {
  const name = data && (data.view.kind === 'open' ? data.view.service : data.view);
  return [
    { title: name ? `${m.booking_title({ service: pick(name.nameZh, name.nameEn) })} · ${m.brand()}` : m.brand() },
    { name: 'robots', content: 'noindex' },
  ];
};

export default function Book() {
  const loaded = useLoaderData<typeof loader>();
  const answered = useActionData<typeof action>();
  const page = { ...loaded, ...answered };
  const { view } = page;
  const owner = page.booker === 'member' ? page.organisation : '';
  const resumed = useResumed(view.kind === 'open' ? view.service.slug : undefined, owner, loaded.typed, answered);
  if (view.kind === 'paused') return <Paused view={view} />;
  return <BookingPage key={resumed ? 'resumed' : 'fresh'} {...page} view={view} answered={answered} owner={owner} resumed={resumed} />;
}

type PageProps = ReturnType<typeof useLoaderData<typeof loader>> & {
  view: OpenBooking;
  answered: unknown;
  owner: string;
  resumed: boolean;
};

/** Fields that change how long a booking is: the free starts follow. */
const RESHAPING = ['quantity', 'deliveryMode', 'zone'];

/** Minutes each way of what is typed. */
function travelOf({ service, deliveryMode }: OpenBooking, typed: Typed): number {
  const mode = isDeliveryMode(typed.deliveryMode) ? typed.deliveryMode : deliveryMode;
  return choiceOf(service.tariff, { ...choiceTyped(typed), deliveryMode: mode }).zone?.minutes ?? 0;
}

/** Wait after the last key before the free starts of another quantity are asked for. */
const TYPING_MS = 400;

function BookingPage(props: PageProps) {
  const { view, typed, errors, refusal, requestedAt, booker, organisation, now, simulated, answered, owner, resumed } = props;
  const { service, centre } = view;
  const form = useRef<HTMLFormElement>(null);
  const submit = useSubmit();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const [live, setLive] = useState<Typed>(typed);
  const draft = useKept(service.slug, owner, form, typed, answered);

  // What was typed or chosen before this script ran counts.
  useEffect(() => {
    if (form.current) setLive(typedFromForm(new FormData(form.current)));
    return () => clearTimeout(timer.current);
  }, []);
  useEffect(() => {
    if (!answered) return;
    setLive((before) => ({ ...before, startAt: typed.startAt, week: typed.week }));
    if (refusal || Object.keys(errors).length > 0)
      form.current?.querySelector<HTMLElement>('[role=alert], [aria-invalid=true], [data-wrong]')?.focus();
  }, [answered, typed, errors, refusal]);

  const asked = numberOf(live.quantity);
  const quantity = asked >= 1 && asked <= service.maxQuantity ? asked : view.quantity;
  const deliveryMode = isDeliveryMode(live.deliveryMode) ? live.deliveryMode : view.deliveryMode;
  const { tariff } = service;
  const input = { quantity, deliveryMode, expedited: live.expedited && tariff.expediteBasisPoints !== null, ...choiceTyped(live) };
  const bill = billFor(tariff, { ...input, eligibility: view.eligibility });
  const travelMinutes = travelOf(view, live);

  const changed = ({ currentTarget, target }: FormEvent<HTMLFormElement>) => {
    const next = typedFromForm(new FormData(currentTarget));
    setLive(next);
    if (!RESHAPING.includes((target as HTMLInputElement).name)) return;
    clearTimeout(timer.current);
    const wanted = numberOf(next.quantity);
    if (!(wanted >= 1 && wanted <= service.maxQuantity) || (wanted === view.quantity && travelOf(view, next) === view.travelMinutes))
      return;
    timer.current = setTimeout(
      () => submit(form.current, { method: 'post', action: addressOf(next), replace: true, preventScrollReset: true }),
      TYPING_MS,
    );
  };
  // The way back from an order, and from its payment, leads here: the page stays in the history that the order follows.
  const sending = (event: FormEvent<HTMLFormElement>) => {
    const button = (event.nativeEvent as SubmitEvent).submitter;
    draft.pressed(button);
    if (!(button instanceof HTMLButtonElement) || button.value !== 'book') return;
    event.preventDefault();
    submit(button, { method: 'post', action, preventScrollReset: true });
  };
  const member = booker === 'member';
  const Times = view.sessions ? Sessions : Calendar;
  const action = addressOf({ ...live, week: view.week.days[0]?.day });
  const shared = { view, bill, startAt: live.startAt, booker, travelMinutes };
  const title = pick(service.nameZh, service.nameEn);
  return (
    <Page
      title={title}
      crumbs={[
        { to: '/search', label: m.ui_nav_search() },
        { to: `/services/${service.slug}`, label: title },
        { label: m.booking_crumb() },
      ]}
      lead={
        <>
          <A to={`/centres/${centre.slug}`} className="hover:underline">
            {pick(centre.nameZh, centre.nameEn)}
          </A>
          {service.specification && ` · ${service.specification}`}
        </>
      }
    >
      <Form
        id={BOOKING_FORM}
        onSubmit={sending}
        ref={form}
        method="post"
        action={action}
        replace
        preventScrollReset
        noValidate
        onInput={changed}
        className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[minmax(0,1fr)_320px]"
      >
        {/* Enter in a field brings the page up to date; it never books and never turns the week. */}
        <button type="submit" name="intent" value="update" className="visually-hidden" tabIndex={-1} aria-hidden="true" />
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          {resumed && (
            <p role="status" className="flex flex-wrap items-center gap-x-4 rounded-field bg-info-soft px-4 py-2 text-[.9375rem]">
              {m.booking_resumed()}
              <A to={`/services/${service.slug}/book`} className="link" onClick={draft.forget}>
                {m.booking_resumed_anew()}
              </A>
            </p>
          )}
          {refusal && <RefusalNotice refusal={refusal} view={view} requestedAt={requestedAt} />}
          <BookerNotice booker={booker} organisation={organisation} />
          <div className="flex flex-wrap items-end gap-3">
            <TextField
              label={quantityLabel(service.unit)}
              hint={m.booking_quantity_hint({ max: service.maxQuantity })}
              name="quantity"
              type="number"
              inputMode="numeric"
              min={1}
              max={service.maxQuantity}
              defaultValue={typed.quantity}
              className="w-44"
              errors={errorsOf(errors, 'quantity', service.maxQuantity)}
            />
            <PriceFields view={view} typed={typed} errors={errors} />
            <noscript>
              <button type="submit" name="intent" value="update" className="btn">
                {m.booking_update()}
              </button>
            </noscript>
          </div>
          <Times view={view.sessions ? { ...view, quantity } : view} chosen={live.startAt} errors={errorsOf(errors, 'startAt')} />
          {!view.sessions && <Wait view={view} typed={typed} errors={errors} booker={booker} />}
          {member && service.unit === 'piece' && endingOf(service) !== 'goods' && (
            <Instruments
              view={view}
              rows={typed.rows}
              pieces={piecesOf(live.rows)}
              serials={live.rows.flatMap((row) => serialsOf(row.serials)).length}
              repeated={repeatedSerials(live.rows)}
              quantity={quantity}
              errors={errors}
            />
          )}
          <Delivery view={view} typed={typed} errors={errors} />
          <Extras view={view} typed={typed} errors={errors} member={member} />
          {booker === 'visitor' && <p className="muted">{m.booking_visitor_note()}</p>}
        </div>
        <Summary {...shared} now={now} simulated={simulated} />
        <BottomBar {...shared} />
        {member && <input type="hidden" name="as" value="member" />}
        <input type="hidden" name="submissionKey" value={typed.submissionKey} />
        {typed.offer && <input type="hidden" name="offer" value={typed.offer} />}
        <input type="hidden" name="shownPrice" value={fingerprint(bill, service.cancelPolicy, travelMinutes)} />
        <input type="hidden" name="week" value={view.week.days[0]?.day ?? ''} />
        {/* Chosen in another week: after the radio buttons, so that a new choice comes first. */}
        {live.startAt !== null && <input type="hidden" name="startAt" value={live.startAt} />}
      </Form>
    </Page>
  );
}
