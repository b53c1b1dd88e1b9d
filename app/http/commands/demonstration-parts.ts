/** What a demonstration has and production has not: seeds, a simulated payment service, accounts told to everyone. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Deps } from '#app/core/deps.ts';
import type { Settings } from '#app/core/settings.ts';
import { organisation } from '#db/schema/identity.ts';
import { ROOT } from '../environment.server.ts';

type Seeds = { seed(deps: Deps): Promise<void>; accounts?: { role: string; email: string; password: string }[] };

const SEEDS = join(ROOT, 'seeds/seed.ts');

export async function seedIfEmpty(deps: Deps): Promise<void> {
  const [any] = await deps.db.read((q) => q.select({ id: organisation.id }).from(organisation).limit(1));
  if (any || !existsSync(SEEDS)) return;
  console.log('Filling the demonstration …');
  await ((await import(SEEDS)) as Seeds).seed(deps);
}

export async function startStandIn(_deps: Deps): Promise<{ stop(): Promise<void> }> {
  return { stop: async () => {} };
}

export function welcome({ origin, smtpUrl }: Settings): string {
  return [
    '',
    `Hengji 衡集 is running: ${origin}   (English: ${origin}/en)`,
    smtpUrl ? 'Mail goes to the SMTP server of SMTP_URL.' : `Mail is kept, not sent: ${origin}/mailbox`,
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}
