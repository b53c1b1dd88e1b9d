// npm run dev: the demonstration with Vite in front, pages change as their files are saved.
import { checkNode, ensureInstalled, runProduct } from '../http/commands/bootstrap.mjs';

checkNode();
ensureInstalled();
runProduct('app/development/development.ts', { NODE_ENV: 'development', DEMONSTRATION: '1' });
