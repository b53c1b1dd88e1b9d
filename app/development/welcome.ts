import type { Settings } from '#app/core/settings.ts';
import { demonstrationAccounts } from '#seeds/people.ts';

/** What the terminal says when a demonstration is up: its address, and accounts told to everyone. */
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
