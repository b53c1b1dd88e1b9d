// npm run restore: a copy of the database into an empty place.
import { checkNode, isInstalled, ROOT, refuse, runProduct } from './bootstrap.mjs';

checkNode();
if (!isInstalled(ROOT, true)) refuse('the packages are not installed: run `npm ci` first.');
runProduct('app/http/commands/restore.ts', {});
