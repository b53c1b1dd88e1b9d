import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const centreRoutes: RouteConfigEntry[] = [
  route('centre', 'routes/centre/inbox.tsx'),
  route('centre/orders/:number', 'routes/centre/order.tsx'),
  route('centre/calendar', 'routes/centre/calendar.tsx'),
  route('centre/services', 'routes/centre/services.tsx'),
];
