import { eq } from 'drizzle-orm';
import type { Deps } from '#app/core/deps.ts';
import type { Mail } from '#app/core/mail.server.ts';
import type { Handlers } from '#app/core/outbox.server.ts';
import { keptMail, outbox } from '#db/schema/core.ts';
import { type ComposedMail, composeMail } from './compose-mail.server.ts';
import { openSmtp } from './smtp.server.ts';

/**
 * What the outbox does with mail: to the SMTP server of the settings, or, without one, into the table the mailbox page reads.
 * A delivered mail's facts are deleted with the deed: they hold one-time links, of which only hashes may stay. That also tells, when
 * a process died before the row was marked as done, that this mail has been sent.
 */
export function mailDelivery(deps: Deps): { handlers: Handlers; close(): void } {
  const { settings, db, clock, log } = deps;
  const smtp = settings.smtpUrl ? openSmtp(settings.smtpUrl, settings.mailFrom) : undefined;

  const deliver = async (payload: Record<string, unknown>, { id }: { id: string }) => {
    if (!payload.facts) return;
    const now = clock();
    const mail = composeMail(payload as Mail, { origin: settings.origin, from: settings.mailFrom, now });
    if (smtp && (await smtp.send(mail, id)) === 'refused')
      log.error({ effect: id, kind: payload.kind }, 'mail refused for good by the server');
    await db.write(async (tx) => {
      if (!smtp)
        await tx
          .insert(keptMail)
          .values(kept(mail, id, now))
          .onConflictDoNothing();
      await tx
        .update(outbox)
        .set({ payload: { kind: payload.kind, locale: payload.locale } })
        .where(eq(outbox.id, id));
    });
  };
  return { handlers: { mail: deliver }, close: () => smtp?.close() };
}

const kept = (mail: ComposedMail, id: string, now: number) => ({ id, ...mail, createdAt: now });
