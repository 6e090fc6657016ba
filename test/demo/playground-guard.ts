/**
 * Preloaded into the Playground's process, besides `loopback-only.ts`: nobody beyond this machine may open its page, and
 * the page may load nothing from elsewhere.
 */
import diagnostics from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import net from 'node:net';

const policy =
  "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self' ws:; script-src 'self' 'unsafe-inline' 'unsafe-eval'";

// The Playground gives the port alone, which means every address of the machine.
const listen = net.Server.prototype.listen;
Object.defineProperty(net.Server.prototype, 'listen', {
  configurable: true,
  writable: true,
  value: function guarded(this: net.Server, ...parameters: readonly unknown[]): net.Server {
    const [first, ...more] = parameters;
    const isPortAlone = typeof first === 'number' && typeof more[0] !== 'string';
    return Reflect.apply(listen, this, isPortAlone ? [first, '127.0.0.1', ...more] : [first, ...more]);
  },
});

// Node announces each request that a server of this process gets: the header is there before the answer is written.
diagnostics.subscribe('http.server.request.start', (message) => {
  if (typeof message !== 'object' || message === null || !('response' in message)) return;
  if (message.response instanceof ServerResponse) message.response.setHeader('Content-Security-Policy', policy);
});
