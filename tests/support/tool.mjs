// Runs a TypeScript tool of the tests on the project's own Node: `node tests/support/tool.mjs tests/support/pictures/write.ts --check`.
import { checkNode, ensureInstalled, runProduct } from '../../app/http/commands/bootstrap.mjs';

checkNode();
ensureInstalled();
const [file] = process.argv.splice(2, 1);
runProduct(file, { NODE_ENV: '' });
