// npm start: the demonstration, from nothing to a printed address.
import { checkNode, ensureInstalled, runProduct } from './bootstrap.mjs';

checkNode();
ensureInstalled();
// NODE_ENV chooses React's fast half; that this is a demonstration is said by DEMONSTRATION.
runProduct('app/http/commands/demonstration.ts', { NODE_ENV: 'production', DEMONSTRATION: '1', LOG_LEVEL: 'warn' });
