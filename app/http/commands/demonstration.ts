/** npm start, once the packages are there: build if the sources changed, migrate, seed an empty database, serve, say where everything is. */
import { orOneLine, readEnvironment, StartProblem } from '../environment.server.ts';
import { buildSite, isBuilt } from './build.mjs';

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
  // These use the compiled messages: on a first start, only now are they there.
  const { builtSite, listen, openServices } = await import('../server.ts');
  const { stopOnSignals } = await import('../run.server.ts');
  const { seedIfEmpty, startStandIn, welcome } = await import('./demonstration-parts.ts');

  const site = await builtSite();
  const services = await openServices(settings);
  await seedIfEmpty(services);
  const standIn = await startStandIn(services);
  const running = await listen(services, site);
  stopOnSignals(running, services, () => standIn.close());
  console.log(welcome(settings));
});
