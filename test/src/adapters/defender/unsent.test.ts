import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import getPort from 'get-port';
import { causeCodes, surelyUnsent } from '../../../../src/adapters/defender/unsent.ts';
import { strangersCertificate } from './defender-rig.ts';
import { socketServer, type WireServer, wireServer } from './wire-server.ts';

/** The error that Node's own `fetch` gives. */
async function errorOf(url: string): Promise<unknown> {
  try {
    await fetch(url, { method: 'POST', body: 'x' });
  } catch (error) {
    return error;
  }
  return assert.fail(`${url} answered`);
}

describe('surelyUnsent', () => {
  let server: WireServer | undefined;

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  it('is true when nobody listens', async () => {
    const error = await errorOf(`http://127.0.0.1:${await getPort()}/`);
    assert.equal(causeCodes(error), 'TypeError < ECONNREFUSED');
    assert.ok(surelyUnsent(error));
  });

  it('is true when the name does not exist', async () => {
    assert.ok(surelyUnsent(await errorOf('http://defender.invalid/')));
  });

  it('is true when the certificate is not trusted', async () => {
    server = await wireServer((response) => response.end(), await strangersCertificate());
    const error = await errorOf(server.url);
    assert.ok(surelyUnsent(error), causeCodes(error));
    assert.equal(server.heard.length, 0);
  });

  it('is true when the server does not speak TLS', async () => {
    server = await wireServer((response) => response.end());
    const error = await errorOf(server.url.replace('http:', 'https:'));
    assert.ok(surelyUnsent(error), causeCodes(error));
    assert.equal(server.heard.length, 0);
  });

  it('is true when the connection ends during the handshake', async () => {
    server = await socketServer((socket: Socket) => socket.once('data', () => socket.end()), 'https');
    const error = await errorOf(server.url);
    assert.ok(surelyUnsent(error), causeCodes(error));
  });

  it('is false when the connection is reset after the request', async () => {
    server = await wireServer((response) => response.socket?.resetAndDestroy());
    const error = await errorOf(server.url);
    assert.equal(surelyUnsent(error), false, causeCodes(error));
    assert.equal(server.heard.length, 1);
  });

  it('is false when the connection ends after the request', async () => {
    server = await wireServer((response) => response.socket?.end());
    assert.equal(surelyUnsent(await errorOf(server.url)), false);
  });

  it('is false for whatever else, and for several addresses of which one may have been reached', () => {
    const refused = Object.assign(new Error('refused'), { code: 'ECONNREFUSED', syscall: 'connect' });
    const reset = Object.assign(new Error('reset'), { code: 'ECONNRESET', syscall: 'read' });
    assert.ok(surelyUnsent(new TypeError('x', { cause: new AggregateError([refused, refused]) })));
    assert.equal(surelyUnsent(new TypeError('x', { cause: new AggregateError([refused, reset]) })), false);
    for (const error of [undefined, null, 'x', new Error('x'), new TypeError('x', { cause: reset })]) {
      assert.equal(surelyUnsent(error), false);
    }
  });
});
