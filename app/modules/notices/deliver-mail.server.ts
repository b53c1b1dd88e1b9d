import type { Deps } from '#app/core/deps.ts';
import type { Letters } from '#app/core/letter.ts';
import type { Mail, MailKind } from '#app/core/mail.server.ts';
import { type Handlers, keepOnly } from '#app/core/outbox.server.ts';
import { keptMail } from '#db/schema/notices.ts';
import { type ComposedMail, composeMail } from './compose-mail.server.ts';
import { openSmtp } from './smtp.server.ts';

/**
 * What the outbox does with mail: to the SMTP server of the settings, or, without one, into the table the mailbox page reads.
 * A delivered mail's facts are deleted with the deed: they hold one-time links, of which only hashes may stay.
 *
 * A mail may arrive twice, never not at all. The row says that it was sent in the first transaction after the server's 250, each mail for
 * itself. What remains: a process that dies between the moment the server has taken the mail and that commit (at most as many mails as there
 * are connections to the server), and a connection to the server that breaks before its 250 arrives. The second copy has the same Message-ID.
 */
export function mailDelivery(deps: Deps, letters: Letters<MailKind>): { handlers: Handlers; close(): void } {
  const { settings, clock, log } = deps;
  const smtp = settings.smtpUrl ? openSmtp(settings.smtpUrl, settings.mailFrom) : undefined;

  /** Taken by the server, and the database did not take down that it was: not sent again by this process. */
  const sent = new Set<string>();

  const deliver: Handlers[string] = async (payload, { id, done }) => {
    if (!payload.facts) return;
    const now = clock();
    const mail = composeMail(payload as Mail, { origin: settings.origin, from: settings.mailFrom, now, letters });
    if (smtp && !sent.has(id) && (await smtp.send(mail, id)) === 'refused')
      log.error({ effect: id, kind: payload.kind }, 'mail refused for good by the server');
    sent.add(id);
    await done(async (tx) => {
      if (!smtp)
        await tx
          .insert(keptMail)
          .values(kept(mail, id, now))
          .onConflictDoNothing();
      await keepOnly(tx, id, { kind: payload.kind, locale: payload.locale });
    });
    sent.delete(id);
  };
  return { handlers: { mail: deliver }, close: () => smtp?.close() };
}

const kept = (mail: ComposedMail, id: string, now: number) => ({ id, ...mail, createdAt: now });
