import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';

export type Inbox = {
  url: string;
  received: { mail: ParsedMail; recipients: string[]; raw: string }[];
  /** How the server answers the next messages, one by one; after that it takes everything. */
  answers: { code: number; text: string }[];
};

const refusal = ({ code, text }: { code: number; text: string }) => Object.assign(new Error(text), { responseCode: code });

/** A real SMTP server on a port of its own, for the length of the test. */
export async function smtpInbox(): Promise<Inbox> {
  const inbox: Inbox = { url: '', received: [], answers: [] };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onRcptTo(_address, _session, done) {
      const answer = inbox.answers[0];
      if (answer && answer.code >= 550) {
        inbox.answers.shift();
        done(refusal(answer));
      } else done();
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const answer = inbox.answers.shift();
      if (answer) return done(refusal(answer));
      const raw = Buffer.concat(chunks);
      inbox.received.push({
        mail: await simpleParser(raw),
        recipients: session.envelope.rcptTo.map((r) => r.address),
        raw: raw.toString(),
      });
      done();
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  inbox.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
  return inbox;
}
