/** npm start, once the packages are there: build if the sources changed, migrate, seed an empty database, serve, say where everything is. */
import { createServer } from 'node:net';
import { buildSite, isBuilt } from './build.mjs';

if (!isBuilt()) {
  console.log('Building the site …');
  try {
    buildSite();
  } catch (error) {
    console.error(`hengji: The site does not build. ${(error as Error).message}`);
    process.exit(1);
  }
}

const { builtSite, listen, openServices, orOneLine, settingsFrom, StartProblem } = await import('../server.ts');
const { stopOnSignals } = await import('../run.server.ts');
const { seedIfEmpty, startStandIn, welcome } = await import('./demonstration-parts.ts');

/** Asked before the slow parts: who starts it twice should not wait for the answer. */
const isFree = (port: number) =>
  new Promise<boolean>((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, () => probe.close(() => resolve(true)));
  });

await orOneLine(async () => {
  const settings = settingsFrom(process.env);
  if (!(await isFree(settings.port))) throw new StartProblem(`Port ${settings.port} is taken by another program; PORT names another.`);
  const site = await builtSite();
  const services = await openServices(settings);
  await seedIfEmpty(services);
  const standIn = await startStandIn(services);
  const running = await listen(services, site);
  stopOnSignals(running, services, () => standIn.stop());
  console.log(welcome(settings));
});
