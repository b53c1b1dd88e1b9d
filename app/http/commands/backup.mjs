// npm run backup -- FILE: a copy of the database, while the site serves.
import { checkNode, isInstalled, ROOT, refuse, runProduct } from './bootstrap.mjs';

checkNode();
if (!isInstalled(ROOT, true)) refuse('the packages are not installed: run `npm ci` first.');
runProduct('app/http/commands/backup.ts', {});
