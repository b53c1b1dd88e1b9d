import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const bookingRoutes: RouteConfigEntry[] = [route('services/:slug/book', 'routes/booking/book.tsx')];
