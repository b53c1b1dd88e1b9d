import { resolve } from 'node:path';
import type { ServerBuild } from '@remix-run/node';
import { ROOT } from '#db/folder.ts';
import { StartProblem } from '../start-problem.ts';

type Runtime = typeof import('../runtime.server.ts');

/** The site and what runs it, as `npm run build` left them. @throws StartProblem */
export async function builtSite() {
  const file = resolve(ROOT, 'build/server/index.js');
  const build = (await import(file).catch((error) => {
    const missing = error.code === 'ERR_MODULE_NOT_FOUND' && String(error.message).includes(`'${file}'`);
    throw missing ? new StartProblem('The site is not built yet: run `npm run build` first.') : error;
  })) as ServerBuild;
  const { runtime } = build.entry.module as ServerBuild['entry']['module'] & { runtime: Runtime };
  return { runtime, site: { build, files: runtime.builtFiles(resolve(ROOT, 'build/client')) } };
}
