/**
 * Preloaded into the Playground's process, besides `loopback-only.ts`: its page may load nothing from elsewhere either.
 * Node announces each request that a server of this process gets, so the header is there before the answer is written.
 */
import diagnostics from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';

const policy =
  "default-src 'self' 'unsafe-inline' data: blob:; connect-src 'self' ws:; script-src 'self' 'unsafe-inline' 'unsafe-eval'";

diagnostics.subscribe('http.server.request.start', (message) => {
  if (typeof message !== 'object' || message === null || !('response' in message)) return;
  if (message.response instanceof ServerResponse) message.response.setHeader('Content-Security-Policy', policy);
});
