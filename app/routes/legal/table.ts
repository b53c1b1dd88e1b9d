import { type RouteConfigEntry, route } from '@remix-run/route-config';
import { LEGAL_PAGES } from '../../modules/legal/legal-rules.ts';

export const legalRoutes: RouteConfigEntry[] = [
  ...LEGAL_PAGES.map((page) => route(page, 'routes/legal/text.tsx', { id: `legal-${page}` })),
  route('ordering', 'routes/legal/ordering.tsx'),
  route('agree', 'routes/legal/agree.tsx'),
];
