/** The demonstration with Vite in front: pages and modules change as their files are saved, the process around them on restart. */
import type { ServerBuild } from '@remix-run/node';
import { createServer } from 'vite';
import { compileMessages } from '#app/http/commands/build.mjs';
import { readEnvironment } from '#app/http/environment.server.ts';
import { orOneLine } from '#app/http/start-problem.ts';
import { ROOT } from '#db/folder.ts';

await orOneLine(async () => {
  const settings = await readEnvironment();
  compileMessages();
  const { listen, openServices } = await import('#app/http/server.ts');
  const { stopOnSignals } = await import('#app/http/run.server.ts');
  const { startDemonstrationGateway } = await import('./demonstration-gateway.ts');
  const { isEmpty } = await import('#app/modules/centres/is-empty.server.ts');
  const { listPayments } = await import('#app/modules/payments/list-payments.server.ts');
  const { welcome } = await import('./welcome.ts');

  const services = await openServices(settings);
  if (await isEmpty(services)) await (await import('./seed-demonstration.ts')).seedDemonstration(services);
  const vite = await createServer({ root: ROOT, server: { middlewareMode: true } });
  const emulator = await startDemonstrationGateway(settings, () => listPayments(services));
  const running = await listen(services, {
    build: () => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>,
    files: vite.middlewares,
    development: true,
  });
  stopOnSignals(running, services, async () => {
    await emulator.close();
    await vite.close();
  });
  console.log(welcome(settings));
});
