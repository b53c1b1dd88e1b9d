import { describe, expect, it, onTestFinished } from 'vitest';
import { openSmtp } from '#app/modules/notices/smtp.server.ts';
import { smtpInbox } from './smtp-inbox.ts';

const MAIL = { to: 'li.wei@example.com', subject: 's', text: 't', html: '<p>t</p>', attachments: [] };

describe('a mail server that knows no TLS', () => {
  // 0.0.0.0 reaches this machine, and is no loopback address by name.
  const sender = (url: string, host: string, user: string) => {
    const { port } = new URL(url);
    const opened = openSmtp(`smtp://${user}${host}:${port}`, 'no-reply@localhost');
    onTestFinished(() => opened.close());
    return opened;
  };

  it('is told no password when it is another machine; the mail waits', async () => {
    const inbox = await smtpInbox();
    await expect(sender(inbox.url, '0.0.0.0', 'user:secret@').send(MAIL, 'id')).rejects.toMatchObject({ code: 'ETLS' });
    expect(inbox.received).toEqual([]);
  });

  it('takes mail without a password', async () => {
    const inbox = await smtpInbox();
    expect(await sender(inbox.url, '0.0.0.0', '').send(MAIL, 'id')).toBe('sent');
    expect(inbox.received).toHaveLength(1);
  });
});
