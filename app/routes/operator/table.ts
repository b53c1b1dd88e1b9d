import { type RouteConfigEntry, route } from '@remix-run/route-config';

export const operatorRoutes: RouteConfigEntry[] = [
  route('operator', 'routes/operator/proofs.tsx'),
  route('operator/proofs/:id', 'routes/operator/proof.tsx'),
  route('operator/proofs/:id/files/:file', 'routes/operator/proof-file.ts'),
];
