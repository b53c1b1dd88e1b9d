import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const parksRoutes: RouteConfigEntry[] = [
  route('park', 'routes/parks/utilization.tsx'),
  route('park/hours', 'routes/parks/hours.tsx'),
  route('park/hours.csv', 'routes/parks/hours-csv.tsx'),
  route('park/needs', 'routes/parks/needs.tsx'),
  route('park/firms', 'routes/parks/firms.tsx'),
  route('account/park', 'routes/parks/own-park.tsx'),
  route('park/utilization.csv', 'routes/parks/utilization-csv.tsx'),
];
