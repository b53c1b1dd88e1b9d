import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const catalogueRoutes: RouteConfigEntry[] = [
  route('search', 'routes/catalogue/search.tsx'),
  route('match', 'routes/catalogue/match.tsx'),
];
