import { needsTls } from '#app/core/smtp-url.ts';
import type { ComposedMail } from './compose-mail.server.ts';

export type Sender = {
  /** @param id the same for every try of one mail: receivers know a second copy by it. @throws what is worth trying again */
  send(mail: ComposedMail, id: string): Promise<'sent' | 'refused'>;
  close(): void;
};

/** Shorter together than the lease of an outbox row (60 s): a slow server must not lead to a second copy. */
const TIMEOUTS = { connectionTimeout: 10_000, greetingTimeout: 10_000, socketTimeout: 20_000 };
const CONNECTIONS = 4;

/** RFC 5321, 4.2.1: 5yz answers to the recipient or the message are for good. A refused log-in (EAUTH) is ours to mend, and is tried again. */
const isForGood = (error: unknown): boolean => {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  return (code === 'EENVELOPE' || code === 'EMESSAGE') && typeof responseCode === 'number' && responseCode >= 550 && responseCode < 560;
};

export function openSmtp(url: string, from: string): Sender {
  // Loaded here: without a server of mail a process does without the library.
  const opened = import('nodemailer').then(({ createTransport }) =>
    createTransport({ url, requireTLS: needsTls(url), pool: true, maxConnections: CONNECTIONS, ...TIMEOUTS }),
  );
  const host = from.match(/@([\w.-]+)/)?.[1] ?? 'localhost';
  return {
    async send({ to, subject, text, html, attachments }, id) {
      const transport = await opened;
      try {
        await transport.sendMail({
          from,
          // As an object it is one address, whatever stands in it.
          to: { name: '', address: to },
          subject,
          text,
          html,
          messageId: `<${id}@${host}>`,
          headers: { 'Auto-Submitted': 'auto-generated' },
          attachments: attachments.map(({ name, type, content }) => ({ filename: name, contentType: type, content })),
          disableFileAccess: true,
          disableUrlAccess: true,
        });
        return 'sent';
      } catch (error) {
        if (isForGood(error)) return 'refused';
        throw error;
      }
    },
    close: () => void opened.then((transport) => transport.close()),
  };
}
