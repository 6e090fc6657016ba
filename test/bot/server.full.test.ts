import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createHttpServer, type ServerPorts } from '../../bot/server.ts';
import { silentTelemetry } from '../../src/adapters/telemetry/telemetry.ts';
import { keptLog } from '../src/adapters/defender/wire-server.ts';

describe('the server, with somebody who sends slowly', function () {
  this.timeout(60_000);

  for (const [what, sent] of [
    ['headers', 'POST /api/messages HTTP/1.1\r\nHost: bot\r\n'],
    [
      'a body',
      'POST /api/messages HTTP/1.1\r\nHost: bot\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{',
    ],
  ] as const) {
    it(`cuts off whoever never ends ${what}`, async () => {
      const tab: ServerPorts['tab'] = (_request, _response, next) => next();
      const quiet = {
        log: keptLog(),
        receive: async () => undefined,
        ready: async () => undefined,
        tab,
        telemetry: silentTelemetry(),
      };
      const server = createHttpServer({ ...quiet, teams: 'https://teams.microsoft.com' });
      server.listen(0, '127.0.0.1');
      await once(server, 'listening');
      const address = server.address();
      assert.ok(address !== null && typeof address === 'object');
      const socket = connect(address.port, '127.0.0.1');
      const answer: string[] = [];
      socket.setEncoding('utf8').on('data', (text: string) => answer.push(text));
      socket.write(sent);
      await once(socket, 'close');
      server.close();
      assert.match(answer.join(''), /^HTTP\/1\.1 408 /);
    });
  }
});
