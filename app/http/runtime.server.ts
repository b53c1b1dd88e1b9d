/**
 * What the commands need of the product. The built server carries it (entry.server.tsx), so that the process and the pages share one
 * copy of every module, read from one file instead of six hundred.
 */
export { isEmpty } from '#app/modules/centres/is-empty.server.ts';
export { listPayments } from '#app/modules/payments/list-payments.server.ts';
export { readEnvironment } from './environment.server.ts';
export { builtFiles } from './files.server.ts';
export { giveBackAfterStart, stopOnSignals } from './run.server.ts';
export { listen, openServices } from './server.ts';
