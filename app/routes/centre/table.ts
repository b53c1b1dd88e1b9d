import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const centreRoutes: RouteConfigEntry[] = [
  route('centre', 'routes/centre/orders/inbox.tsx'),
  route('centre/export.csv', 'routes/centre/orders/export-orders.ts'),
  route('centre/orders/:number', 'routes/centre/orders/order.tsx'),
  route('centre/today', 'routes/centre/orders/today.tsx'),
  route('centre/calendar', 'routes/centre/calendar/calendar.tsx'),
  route('centre/calendar/month', 'routes/centre/calendar/month.tsx'),
  route('centre/calendar/feed', 'routes/centre/calendar/feed.tsx'),
  route('centre/pools', 'routes/centre/calendar/pools.tsx'),
  route('centre/pools/:id', 'routes/centre/calendar/pool.tsx'),
  route('centre/pools/:id/calendars', 'routes/centre/calendar/busy-calendars.tsx'),
  route('centre/profile', 'routes/centre/profile/profile.tsx'),
  route('centre/claim/:slug', 'routes/centre/profile/claim.tsx'),
  route('centre/verification-requests/:id/files/:file', 'routes/centre/profile/verification-request-file.ts'),
  route('centre/services', 'routes/centre/services/services.tsx'),
  route('centre/services/from-scope', 'routes/centre/services/from-scope.tsx'),
  route('centre/services/prices', 'routes/centre/services/prices.tsx'),
  route('centre/services/prices/:format', 'routes/centre/services/price-file.ts'),
  route('centre/services/:id', 'routes/centre/services/listing.tsx'),
  route('centre/invoices', 'routes/centre/invoices/list.tsx'),
  route('centre/invoices/compare', 'routes/centre/invoices/compare.tsx'),
  route('centre/invoices/tax', 'routes/centre/invoices/tax.tsx'),
  route('centre/invoices/:number', 'routes/centre/invoices/invoice.tsx'),
  route('centre/firms', 'routes/centre/profile/firms.tsx'),
  route('centre/accreditations', 'routes/centre/profile/accreditations.tsx'),
  route('centre/accreditations/:id', 'routes/centre/profile/accreditation.tsx'),
  route('centre/accreditations/:id/evidence', 'routes/centre/profile/evidence.ts'),
  route('centre/capabilities', 'routes/centre/scope/capabilities.tsx'),
  route('centre/capabilities/rows/:id', 'routes/centre/scope/capability.tsx'),
  route('centre/capabilities/export.csv', 'routes/centre/scope/scope-export.ts'),
  route('centre/capabilities/import', 'routes/centre/scope/capability-import.tsx'),
  route('centre/capabilities/import/:id', 'routes/centre/scope/capability-import-review.tsx'),
  route('centre/capabilities/import/:id/rest.csv', 'routes/centre/scope/import-rest.ts'),
];

/** A calendar program has no language. */
export const centreUnprefixed: RouteConfigEntry[] = [route('calendar/:file', 'routes/centre/calendar/feed-file.ts')];
