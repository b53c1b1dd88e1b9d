import { Problem } from '#app/core/problem.ts';
import { serve } from '#app/http/route.server.ts';

export const loader = serve(async () => {
  throw new Problem('not_found');
});

export default function NotFound() {
  return null;
}
