/** What a demonstration has and production has not: seeds, a simulated payment service, accounts told to everyone. */
import { join } from 'node:path';
import type { Deps } from '#app/core/deps.ts';
import type { FileStore } from '#app/core/files.server.ts';
import type { Settings } from '#app/core/settings.ts';
import { rememberPayments } from '#app/development/remember-payments.server.ts';
import { startStripeEmulator as start } from '#app/development/stripe-emulator/start-emulator.server.ts';
import { StartProblem } from '#app/http/environment.server.ts';
import { EMULATOR_WEBHOOK_SECRET } from '#app/modules/payments/stripe-gateway.server.ts';
import { seedCertificates } from '#seeds/certificates.server.ts';
import { seedNewcomer } from '#seeds/newcomer.server.ts';
import { seedPictures } from '#seeds/pictures.server.ts';
import { demonstrationAccounts, isEmpty, seed } from '#seeds/seed.ts';

export async function seedIfEmpty(deps: Deps & { files: FileStore }): Promise<void> {
  if (!(await isEmpty(deps))) return;
  console.log('Filling the demonstration …');
  await seed(deps);
  await seedNewcomer(deps);
  await seedCertificates(deps);
  await seedPictures(deps);
  await deps.db.settle();
}

/** The simulated payment service, in this process; nothing when the settings name the real one. */
export async function startStripeEmulator({ db, settings }: Pick<Deps, 'db' | 'settings'>): Promise<{ close(): Promise<void> }> {
  if (settings.stripe) return { close: async () => {} };
  const folder = join(settings.dataFolder, 'stand-in');
  await rememberPayments({ db }, folder);
  try {
    return await start({
      port: settings.emulatorPort,
      publicUrl: `http://${new URL(settings.origin).hostname}:${settings.emulatorPort}`,
      folder,
      webhook: { url: `http://127.0.0.1:${settings.port}/webhooks/stripe`, secret: EMULATOR_WEBHOOK_SECRET },
      demo: settings.demonstration,
    });
  } catch (error) {
    throw new StartProblem(`${(error as Error).message} STAND_IN_PORT names another port.`, { cause: error });
  }
}

export function welcome({ origin, smtpUrl, stripe, emulatorPort }: Settings): string {
  const shown = new Map(demonstrationAccounts.toReversed().map((account) => [account.role, account]));
  const accounts = [...shown.values()]
    .reverse()
    .map(({ role, email, password, organisationEn }) => `  ${role.padEnd(14)} ${email.padEnd(44)} ${password}   ${organisationEn}`);
  return [
    '',
    `Hengji is running: ${origin}   (in English: ${origin}/en)`,
    '',
    'Accounts of the demonstration, one per role:',
    ...accounts,
    '',
    smtpUrl ? 'Mail goes to the server of SMTP_URL.' : `Mail is kept, not sent; read it at ${origin}/mailbox`,
    stripe ? 'Payments go to Stripe.' : `Payments are simulated (port ${emulatorPort}).`,
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}
