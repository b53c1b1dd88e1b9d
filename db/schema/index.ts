export * from './capability.ts';
export * from './catalogue.ts';
export * from './core.ts';
export * from './identity.ts';
export * from './listings.ts';
export * from './orders.ts';
export * from './payments.ts';
export * from './scheduling.ts';
