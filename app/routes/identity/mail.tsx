import type { MetaFunction } from '@remix-run/node';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { readKeptMail } from '#app/modules/notices/mailbox.server.ts';
import { dayTime } from '#app/ui/format.ts';
import { Page } from '#app/ui/page.tsx';

export const loader = serve(async ({ params, services }) => {
  const mail = await readKeptMail(services, params.id ?? '');
  return { ...mail, origin: services.settings.origin };
});

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.subject ?? m.notices_mailbox_title()} · ${m.brand()}` },
  { name: 'robots', content: 'noindex' },
];

export default function OneMail() {
  const { to, subject, text, html, attachments, createdAt, origin } = useView<typeof loader>();
  return (
    <Page
      title={subject}
      lead={`${to} · ${dayTime(createdAt, { timeZone: 'Asia/Shanghai' })}`}
      crumbs={[{ to: '/mailbox', label: m.notices_mailbox_title() }, { label: subject }]}
    >
      {attachments.map(({ name, content }) => (
        <a
          key={name}
          download={name}
          href={`data:text/calendar;charset=utf-8,${encodeURIComponent(content)}`}
          className="btn justify-self-start"
        >
          {m.notices_mailbox_attachment({ name })}
        </a>
      ))}
      <section className="card pad">
        <h2 className="mb-3">{m.notices_mailbox_plain()}</h2>
        <p className="whitespace-pre-wrap">
          <Linked text={text} origin={origin} />
        </p>
      </section>
      {/* No script runs in it and no cookie reaches it; its links open in this window, and only when a person follows them. */}
      <iframe
        title={m.notices_mailbox_body()}
        sandbox="allow-top-navigation-by-user-activation"
        srcDoc={html.replace('<head>', '<head><base target="_top">')}
        className="card h-[720px] w-full"
      />
    </Page>
  );
}

/** The site's own addresses in a text, as links that stay on the host the reader came by. */
function Linked({ text, origin }: { text: string; origin: string }) {
  const [first, ...rest] = text.split(`${origin}/`);
  return (
    <>
      {first}
      {rest.map((part, i) => {
        const path = part.match(/^[\w/.~-]*/)?.[0] ?? '';
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a text does not change its parts
          <span key={i}>
            <a className="link" href={`/${path}`}>
              {origin}/{path}
            </a>
            {part.slice(path.length)}
          </span>
        );
      })}
    </>
  );
}
