/** The site in production: nothing is seeded, nothing is simulated, and settings made for a demonstration are refused. */
import { stopOnSignals } from '../run.server.ts';
import { builtSite, listen, openServices, orOneLine, StartProblem, settingsFrom } from '../server.ts';

await orOneLine(async () => {
  const settings = settingsFrom(process.env);
  if (settings.demonstration)
    throw new StartProblem(
      'Settings: DEMONSTRATION is for `npm start` only; production refuses it, because payments and mail are simulated.',
    );
  const site = await builtSite();
  const services = await openServices(settings);
  const running = await listen(services, site);
  stopOnSignals(running, services);
  services.log.info({ port: running.port, origin: settings.origin }, 'serving');
});
