import type { MetaFunction } from '@remix-run/node';
import { Form } from '@remix-run/react';
import { serve } from '#app/http/route.server.ts';
import { useView } from '#app/http/use-view.ts';
import * as m from '#app/i18n/paraglide/messages.js';
import { listKeptMail } from '#app/modules/notices/mailbox.server.ts';
import { TextField } from '#app/ui/form.tsx';
import { dayTime } from '#app/ui/format.ts';
import { A } from '#app/ui/link.tsx';
import { Empty, Page } from '#app/ui/page.tsx';

export const loader = serve(async ({ request, services }) => {
  const to = new URL(request.url).searchParams.get('to') ?? '';
  return { to, mails: await listKeptMail(services, to) };
});

export const meta: MetaFunction = () => [{ title: `${m.notices_mailbox_title()} · ${m.brand()}` }, { name: 'robots', content: 'noindex' }];

export default function Mailbox() {
  const { mails, to } = useView<typeof loader>();
  return (
    <Page title={m.notices_mailbox_title()} lead={m.notices_mailbox_lead({ count: mails.length })}>
      <Form method="get" className="flex flex-wrap items-end gap-3">
        <TextField
          className="min-w-0 flex-1 basis-60 sm:max-w-80"
          label={m.notices_mailbox_find()}
          name="to"
          type="email"
          defaultValue={to}
          maxLength={254}
        />
        <button type="submit" className="btn">
          {m.notices_mailbox_find_action()}
        </button>
      </Form>
      {mails.length === 0 ? (
        <Empty title={m.notices_mailbox_empty()}>{m.notices_mailbox_empty_text()}</Empty>
      ) : (
        <div className="card px-5 py-2">
          <table className="data stack">
            <thead>
              <tr>
                <th scope="col">{m.notices_mailbox_subject()}</th>
                <th scope="col">{m.notices_mailbox_to()}</th>
                <th scope="col">{m.notices_mailbox_when()}</th>
              </tr>
            </thead>
            <tbody>
              {mails.map((mail) => (
                <tr key={mail.id}>
                  <td>
                    <A to={`/mailbox/${mail.id}`} className="link">
                      {mail.subject}
                    </A>
                  </td>
                  <td data-label={m.notices_mailbox_to()}>{mail.to}</td>
                  <td data-label={m.notices_mailbox_when()}>{dayTime(mail.createdAt, { timeZone: 'Asia/Shanghai' })}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  );
}
