import { createRequestHandler } from '@remix-run/express';
import express from 'express';

/** As little as serves it: no logs, no headers, no sessions. */
const app = express();
app.disable('x-powered-by');
app.use(express.static(new URL('./build/client', import.meta.url).pathname, { immutable: true, maxAge: '1y' }));
app.all('*', createRequestHandler({ build: await import(new URL('./build/server/index.js', import.meta.url).href) }));
const server = app.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
