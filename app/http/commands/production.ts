/** The site in production: nothing is seeded, nothing is simulated, and settings made for a demonstration are refused. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '#db/folder.ts';
import { orOneLine, StartProblem } from '../start-problem.ts';
import { builtSite } from './built.ts';

await orOneLine(async () => {
  if (!existsSync(join(ROOT, 'app/i18n/paraglide/messages.js')))
    throw new StartProblem('The site is not built yet: run `npm run build` first.');
  const { site, runtime } = await builtSite();
  const { giveBackAfterStart, listen, openServices, readEnvironment, stopOnSignals } = runtime;
  const settings = await readEnvironment(({ demonstration }) =>
    demonstration ? 'DEMONSTRATION is for `npm start` only; production refuses it, because payments and mail are simulated.' : null,
  );
  const services = await openServices(settings);
  const running = await listen(services, site);
  giveBackAfterStart();
  stopOnSignals(running, services);
  services.log.info({ port: running.port, origin: settings.origin }, 'serving');
});
