import { join } from 'node:path';
import type { Settings } from '#app/core/settings.ts';
import { StartProblem } from '#app/http/start-problem.ts';
import { EMULATOR_WEBHOOK_SECRET } from '#app/modules/payments/emulator-secret.ts';
import type { KnownPayment } from '#app/modules/payments/list-payments.server.ts';
import { rememberPayments } from './remember-payments.server.ts';
import { startStripeEmulator } from './stripe-emulator/start-emulator.server.ts';

/**
 * The simulated payment service, in this process; nothing when the settings name the real one.
 * @param payments lists what it has to know of before it starts
 */
export async function startDemonstrationGateway(
  settings: Settings,
  payments: () => Promise<readonly KnownPayment[]>,
): Promise<{ close(): Promise<void> }> {
  if (settings.stripe) return { close: async () => {} };
  const folder = join(settings.dataFolder, 'stand-in');
  await rememberPayments(await payments(), folder);
  try {
    return await startStripeEmulator({
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
