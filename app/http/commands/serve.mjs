// npm run serve: production. Packages are installed and the site is built before (npm ci, npm run build).
import { checkNode, isInstalled, ROOT, refuse, runProduct } from './bootstrap.mjs';

checkNode();
if (!isInstalled(ROOT, true)) refuse('the packages are not installed: run `npm ci` first.');
runProduct('app/http/commands/production.ts', { NODE_ENV: 'production' });
