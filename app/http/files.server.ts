import sirv from 'sirv';
import type { Middleware } from './site.server.ts';

/** Names under assets/ carry a hash of what is in them: they never change. */
const FOR_EVER = 'public, max-age=31536000, immutable';
/** The rest (icon, robots.txt) may be replaced by the next release. */
const AN_HOUR = 'public, max-age=3600';

/** The built browser files, read once at start; those compressed at build time are sent as they are. */
export function builtFiles(folder: string): Middleware {
  const serve = sirv(folder, {
    etag: true,
    brotli: true,
    gzip: true,
    extensions: [],
    setHeaders: (res, path) => void res.setHeader('Cache-Control', path.startsWith('/assets/') ? FOR_EVER : AN_HOUR),
  });
  return (req, res, next) => {
    delete req.headers.range; // nothing here is large enough to be asked for in parts
    // A build may take a file away while the site runs: that is this request's end, not the site's.
    res.once('pipe', (file) => file.once('error', () => res.destroy()));
    serve(req, res, () => {
      if (!req.url?.startsWith('/assets/')) return next();
      // A page of an earlier release asks for what is gone: short, uncached, and no page.
      res.statusCode = 404;
      res.setHeader('Cache-Control', 'no-store').setHeader('Content-Type', 'text/plain').end('not found\n');
    });
  };
}
