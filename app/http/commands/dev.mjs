// npm run dev: the demonstration with Vite in front, pages change as their files are saved.
import { checkNode, ensureInstalled, runProduct } from './bootstrap.mjs';

checkNode();
ensureInstalled();
runProduct('app/http/commands/development.ts', { NODE_ENV: 'development', DEMONSTRATION: '1' });
