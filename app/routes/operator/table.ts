import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const operatorRoutes: RouteConfigEntry[] = [
  route('operator', 'routes/operator/verification-requests.tsx'),
  route('operator/verification-requests/:id', 'routes/operator/verification-request.tsx'),
  route('operator/verification-requests/:id/files/:file', 'routes/operator/verification-request-file.ts'),
  route('operator/exceptions', 'routes/operator/exceptions.tsx'),
  route('operator/texts', 'routes/operator/texts.tsx'),
  route('operator/texts/:page', 'routes/operator/text.tsx'),
  route('operator/people', 'routes/operator/people.tsx'),
  route('operator/accreditations', 'routes/operator/accreditations.tsx'),
  route('operator/accreditations/:id', 'routes/operator/accreditation.tsx'),
  route('operator/accreditations/:id/files/:file', 'routes/operator/accreditation-file.ts'),
];
