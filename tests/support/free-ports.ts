import { createServer, type Server } from 'node:net';

/** Ports nobody has, for programs that have to be told theirs: asked of the system all at once, so that no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
  const held = await Promise.all(Array.from({ length: count }, hold));
  const ports = held.map((server) => (server.address() as { port: number }).port);
  await Promise.all(held.map((server) => new Promise((done) => server.close(done))));
  return ports;
}

const hold = () =>
  new Promise<Server>((done, fail) => {
    const server = createServer().once('error', fail);
    server.listen(0, '127.0.0.1', () => done(server));
  });
