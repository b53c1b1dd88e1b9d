import { queueMail } from '#app/core/mail.server.ts';
import type { Queries } from '#db/queries.ts';
import type { person } from '#db/schema/identity.ts';
import { issueToken, LASTS_MS } from './email-tokens.server.ts';
import { signUpFacts } from './pending-sign-up.server.ts';

/** A link that confirms the address and the latest sign-up with it. Nothing is sent to someone who has had enough mail for now. */
export async function mailVerification(
  tx: Queries,
  holder: Pick<typeof person.$inferSelect, 'id' | 'email' | 'locale'>,
  now: number,
): Promise<void> {
  const secret = await issueToken(tx, holder.id, 'verify', now, await signUpFacts(tx, holder.id));
  if (!secret) return;
  const facts = { link: `/verify/${secret}`, hours: LASTS_MS.verify / 3_600_000 };
  await queueMail(tx, { kind: 'verify_email', to: holder.email, locale: holder.locale, facts }, now);
}
