import { type RouteConfigEntry, route } from '@remix-run/route-config';

/**
 * Pages for those who work on the site: there with `npm run dev`, and in no build. Vite reads this table before there are settings, so
 * the environment is asked here.
 */
export const developmentRoutes: RouteConfigEntry[] =
  process.env.NODE_ENV === 'development' ? [route('ui', 'routes/development/components.tsx')] : [];
