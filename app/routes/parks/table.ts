import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const parksRoutes: RouteConfigEntry[] = [
  route('park', 'routes/parks/utilization.tsx'),
  route('park/utilization.csv', 'routes/parks/utilization-csv.tsx'),
];
