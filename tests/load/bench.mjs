// npm run bench: on whatever Node starts it; the measuring itself runs on the product's own.
import { checkNode, ensureInstalled, runProduct } from '../../app/http/commands/bootstrap.mjs';
import { buildSite, isBuilt } from '../../app/http/commands/build.mjs';

checkNode();
ensureInstalled();
if (!isBuilt()) buildSite();
process.env.HENGJI_BENCH = JSON.stringify(process.argv.slice(2));
runProduct('tests/load/bench.ts', { NODE_ENV: 'production' });
