/** A thread that opens connections to a port and keeps them: what a crowd costs its own machine is not the site's. */
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';

/** `told` counts those that are open, for who cannot be sent a message meanwhile. */
const { port, connections, told } = workerData as { port: number; connections: number; told?: Int32Array };
const AT_ONCE = 100;

/** What each says after it has connected: nothing, half a request, half a body, or a whole request that it does not read the answer of. */
const SAID = [
  '',
  'GET / HTTP/1.1\r\nHost: localhost\r\nX-Half:',
  'POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 1000000\r\n\r\nx',
  'GET /any/x HTTP/1.1\r\nHost: localhost\r\n\r\n',
] as const;

let opened = 0;
const open = (said: string) =>
  new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      opened++;
      if (told) {
        Atomics.add(told, 0, 1);
        Atomics.notify(told, 0);
      }
      if (said) socket.write(said);
      resolve();
    });
    // Refused and closed ones are what the site may do; the crowd does not mind.
    socket.on('error', () => resolve());
  });

for (let from = 0; from < connections; from += AT_ONCE)
  await Promise.all(Array.from({ length: AT_ONCE }, (_, i) => open(SAID[(from + i) % SAID.length] as string)));
parentPort?.postMessage(opened);
