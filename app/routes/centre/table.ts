import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const centreRoutes: RouteConfigEntry[] = [
  route('centre', 'routes/centre/inbox.tsx'),
  route('centre/orders/:number', 'routes/centre/order.tsx'),
  route('centre/today', 'routes/centre/today.tsx'),
  route('centre/calendar', 'routes/centre/calendar.tsx'),
  route('centre/calendar/month', 'routes/centre/month.tsx'),
  route('centre/calendar/feed', 'routes/centre/feed.tsx'),
  route('centre/pools', 'routes/centre/pools.tsx'),
  route('centre/pools/:id', 'routes/centre/pool.tsx'),
  route('centre/pools/:id/calendars', 'routes/centre/busy-calendars.tsx'),
  route('centre/profile', 'routes/centre/profile.tsx'),
  route('centre/claim/:slug', 'routes/centre/claim.tsx'),
  route('centre/proofs/:id/files/:file', 'routes/centre/proof-file.ts'),
  route('centre/services', 'routes/centre/services.tsx'),
  route('centre/services/:id', 'routes/centre/listing.tsx'),
  route('centre/firms', 'routes/centre/firms.tsx'),
  route('centre/accreditations', 'routes/centre/accreditations.tsx'),
  route('centre/accreditations/:id', 'routes/centre/accreditation.tsx'),
  route('centre/accreditations/:id/evidence', 'routes/centre/evidence.ts'),
  route('centre/capabilities', 'routes/centre/capabilities.tsx'),
  route('centre/capabilities/rows/:id', 'routes/centre/capability.tsx'),
  route('centre/capabilities/export.csv', 'routes/centre/scope-export.ts'),
  route('centre/capabilities/import', 'routes/centre/capability-import.tsx'),
  route('centre/capabilities/import/:id', 'routes/centre/capability-import-review.tsx'),
  route('centre/capabilities/import/:id/rest.csv', 'routes/centre/import-rest.ts'),
];

/** A calendar program has no language. */
export const centreUnprefixed: RouteConfigEntry[] = [route('calendar/:file', 'routes/centre/feed-file.ts')];
