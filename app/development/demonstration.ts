/** npm start, once the packages are there: build if the sources changed, migrate, seed an empty database, serve, say where everything is. */

import { buildSite, isBuilt } from '#app/http/commands/build.mjs';
import { builtSite } from '#app/http/commands/built.ts';
import { orOneLine, StartProblem } from '#app/http/start-problem.ts';
import type { startDemonstrationGateway } from './demonstration-gateway.ts';
import { welcome } from './welcome.ts';

/** Loaded once the site is up: it is not what a visitor waits for. */
const startGateway: typeof startDemonstrationGateway = async (...given) =>
  (await import('./demonstration-gateway.ts')).startDemonstrationGateway(...given);

await orOneLine(async () => {
  if (!isBuilt()) {
    // Nobody waits for the build to be told of a bad setting.
    await (await import('#app/http/environment.server.ts')).readEnvironment();
    console.log('Building the site …');
    try {
      buildSite();
    } catch (error) {
      throw new StartProblem(`The site does not build. ${(error as Error).message}`);
    }
  }
  const { site, runtime } = await builtSite();
  const { giveBackAfterStart, isEmpty, listen, listPayments, openServices, readEnvironment, stopOnSignals } = runtime;
  const settings = await readEnvironment();
  const services = await openServices(settings);
  if (await isEmpty(services)) await (await import('./seed-demonstration.ts')).seedDemonstration(services);
  const running = await listen(services, site);
  // A payment asked for before it is up is asked for again by the gateway's own tries.
  const emulator = startGateway(settings, () => listPayments(services));
  giveBackAfterStart();
  stopOnSignals(running, services, async () => (await emulator).close());
  await emulator;
  console.log(welcome(settings));
});
