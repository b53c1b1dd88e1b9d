// npm start: the demonstration, from nothing to a printed address.
import { checkNode, ensureInstalled, runProduct } from '../http/commands/bootstrap.mjs';

checkNode();
ensureInstalled();
// NODE_ENV chooses React's fast half; that this is a demonstration is said by DEMONSTRATION.
runProduct('app/development/demonstration.ts', { NODE_ENV: 'production', DEMONSTRATION: '1', LOG_LEVEL: 'warn' });
