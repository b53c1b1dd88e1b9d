/** npm start, once the packages are there: build if the sources changed, migrate, seed an empty database, serve, say where everything is. */

import { buildSite, isBuilt } from '#app/http/commands/build.mjs';
import { builtSite } from '#app/http/commands/built.ts';
import { orOneLine, readEnvironment, StartProblem } from '#app/http/environment.server.ts';
import { startDemonstrationGateway } from './demonstration-gateway.ts';
import { welcome } from './welcome.ts';

await orOneLine(async () => {
  const settings = await readEnvironment();
  if (!isBuilt()) {
    console.log('Building the site …');
    try {
      buildSite();
    } catch (error) {
      throw new StartProblem(`The site does not build. ${(error as Error).message}`);
    }
  }
  const { site, runtime } = await builtSite();
  const { giveBackAfterStart, isEmpty, listen, listPayments, openServices, stopOnSignals } = runtime;
  const services = await openServices(settings);
  if (await isEmpty(services)) await (await import('./seed-demonstration.ts')).seedDemonstration(services);
  const running = await listen(services, site);
  // A payment asked for before it is up is asked for again by the gateway's own tries.
  const emulator = await startDemonstrationGateway(settings, await listPayments(services));
  giveBackAfterStart();
  stopOnSignals(running, services, () => emulator.close());
  console.log(welcome(settings));
});
