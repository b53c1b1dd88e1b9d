// npm run check-files: whether every file the database refers to is there.
import { checkNode, isInstalled, ROOT, refuse, runProduct } from './bootstrap.mjs';

checkNode();
if (!isInstalled(ROOT, true)) refuse('the packages are not installed: run `npm ci` first.');
runProduct('app/http/commands/check-files.ts', {});
