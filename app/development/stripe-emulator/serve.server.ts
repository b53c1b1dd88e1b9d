/** Runs the emulator by itself: `node app/development/stripe-emulator/serve.server.ts`. The settings are read here and nowhere else. */
import { startStripeEmulator } from './start-emulator.server.ts';

const env = process.env;

try {
  const emulator = await startStripeEmulator({
    port: Number(env.STAND_IN_PORT ?? 12111),
    host: env.STAND_IN_HOST ?? '127.0.0.1',
    folder: env.STAND_IN_DATA ?? null,
    apiKey: env.STAND_IN_KEY,
    publicUrl: env.STAND_IN_PUBLIC_URL,
    webhook: env.STAND_IN_WEBHOOK_URL ? { url: env.STAND_IN_WEBHOOK_URL, secret: env.STAND_IN_WEBHOOK_SECRET ?? 'whsec_local' } : null,
    control: env.STAND_IN_CONTROL === '1',
    demo: env.STAND_IN_DEMO === '1',
  });
  console.log(`Simulated payment service on ${emulator.url}`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void emulator.close());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
