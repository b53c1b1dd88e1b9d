import type { RouteConfigEntry } from '@remix-run/route-config';

export const paymentsRoutes: RouteConfigEntry[] = [];

/** Addresses machines call: they have no language. */
export const paymentsUnprefixed: RouteConfigEntry[] = [];
