import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const enquiriesRoutes: RouteConfigEntry[] = [
  route('enquiries', 'routes/enquiries/list.tsx'),
  route('enquiries/new', 'routes/enquiries/ask.tsx'),
  route('enquiries/:id', 'routes/enquiries/enquiry.tsx'),
];
