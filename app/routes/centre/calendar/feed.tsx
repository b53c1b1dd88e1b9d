import { data, type MetaFunction } from '@remix-run/node';
import { Form, useActionData } from '@remix-run/react';
import { z } from 'zod';
import { actorOf } from '#app/core/actor.ts';
import { choice } from '#app/core/form.ts';
import { answerForm } from '#app/http/form-answer.server.ts';
import { redirectTo, serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { closeFeed, hasFeed, openFeed } from '#app/modules/notices/centre-feed.server.ts';
import { Submit, TextField } from '#app/ui/form.tsx';
import { FormTrouble, useFormBack } from '#app/ui/form-answer.tsx';
import { A } from '#app/ui/link.tsx';
import { requireCentre } from '../guard.server.ts';
import { noticeOf, saying } from '../notices.ts';
import { Workspace } from '../workspace.tsx';

export const loader = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return { has: await hasFeed(services, actor), notice: noticeOf(new URL(request.url).searchParams) };
});

const feedForm = z.object({ intent: choice(['open', 'close']) });

export const action = serve(async ({ request, services }) => {
  const actor = actorOf(await requireCentre(services, request));
  return answerForm(request, feedForm, async ({ intent }) => {
    // Shown once: only its hash is kept.
    if (intent === 'open') return data({ link: `${services.settings.origin}/calendar/${await openFeed(services, actor)}.ics` });
    await closeFeed(services, actor);
    throw redirectTo(saying('/centre/calendar/feed', 'feed_closed', ''));
  });
});

export const meta: MetaFunction = () => [{ title: `${m.centre_feed_title()} · ${m.brand()}` }];

export default function Feed() {
  const { has, notice } = useView<typeof loader>();
  const answer = useActionData<typeof action>();
  const link = answer && 'link' in answer ? answer.link : undefined;
  const back = useFormBack();
  return (
    <Workspace title={m.centre_feed_title()} notice={notice}>
      <section className="card pad grid max-w-3xl gap-4">
        <FormTrouble back={back} />
        <p>{m.centre_feed_text()}</p>
        {link && (
          <TextField label={m.centre_feed_link()} hint={m.centre_feed_once()} readOnly value={link} className="[&_input]:font-mono" />
        )}
        <Form method="post" className="flex flex-wrap gap-3">
          <Submit name="intent" value="open" className={has ? 'btn' : 'btn go'}>
            {has ? m.centre_feed_renew() : m.centre_feed_open()}
          </Submit>
          {has && (
            <Submit name="intent" value="close" className="btn danger">
              {m.centre_feed_close()}
            </Submit>
          )}
          <A to="/centre/calendar" className="btn quiet">
            {m.centre_feed_back()}
          </A>
        </Form>
      </section>
    </Workspace>
  );
}
