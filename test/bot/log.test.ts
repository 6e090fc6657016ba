import assert from 'node:assert/strict';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import fc from 'fast-check';
import { z } from 'zod';
import { createLog, describeError, logOutput } from '../../bot/log.ts';
import { learn } from '../../src/adapters/telemetry/subject.ts';
import { silentTelemetry } from '../../src/adapters/telemetry/telemetry.ts';
import { Secret } from '../../src/domain/secret.ts';
import type { Log } from '../../src/ports.ts';
import { conversationId, requestId } from '../build/ids.ts';
import { untrustedText } from '../cards/untrusted-text.ts';

const token = 'eyJhbGciOiJSUzI1NiJ9.eyJvaWQiOiJtYXJrZXIifQ.c2lnbmF0dXJlLW1hcmtlcg';

/** An error as an HTTP client throws it: the request with its headers hangs on it. */
class ClientError extends Error {
  readonly request = { headers: { authorization: `Bearer ${token}` }, body: { token } };
  readonly response = { bodyAsText: token };
  override readonly name = 'ClientError';
}

describe('a line of the log', () => {
  const { tracing } = silentTelemetry();

  /** The fields of what is written while `work` runs. */
  async function written(work: (log: Log) => Promise<unknown>): Promise<Readonly<Record<string, unknown>>> {
    const lines: string[] = [];
    await work(createLog('info', { write: (line) => lines.push(line) }));
    assert.equal(lines.length, 1);
    return z.record(z.string(), z.unknown()).parse(JSON.parse(lines.join()));
  }

  it('has the ids of the request and the conversation that it is written about, by itself', async () => {
    const conversation = conversationId('19:soc@thread.tacv2');
    const fields = await written((log) =>
      tracing.inRequest(requestId(), 'job', async () => {
        learn({ request: requestId(), conversation });
        log.info({ durationMs: 3 }, 'Defender answered');
      }),
    );
    assert.deepEqual(
      [fields.request, fields.conversation, fields.durationMs, fields.msg],
      [requestId(), conversation, 3, 'Defender answered'],
    );
  });

  it('keeps its own word where it has one, and has no ids where it is about nothing', async () => {
    const fields = await written((log) =>
      tracing.inRequest(requestId(), 'job', async () => log.info({ request: requestId(2) }, 'another')),
    );
    assert.equal(fields.request, requestId(2));
    assert.equal('request' in (await written(async (log) => log.info({}, 'working'))), false);
  });

  it('is JSON for a machine, and something to read for whoever sits at a terminal', async () => {
    const read = async (isTerminal: boolean) => {
      const to = new PassThrough();
      createLog('info', await logOutput(isTerminal, to)).warn({ request: requestId() }, 'a job failed');
      return String(to.read());
    };
    assert.match(await read(false), /^\{"level":40.*"request":"aaaa.*"msg":"a job failed"\}\n$/);
    const pretty = await read(true);
    assert.match(pretty, /WARN.*a job failed\n.*request.*aaaa/);
    assert.doesNotMatch(pretty, /^\{/);
  });
});

describe('an error in the log', () => {
  const text = (error: unknown) => JSON.stringify(describeError(error));

  it('has names, messages and stacks along the chain of causes', () => {
    const error = new Error('outer', { cause: new TypeError('inner', { cause: 'a text' }) });
    assert.match(text(error), /outer.*log\.test.*TypeError.*inner.*a text/);
  });

  it('has nothing of the request that hangs on it, nor of its causes’', () => {
    const error = new Error('outer', { cause: new ClientError('refused', { cause: new ClientError('again') }) });
    assert.doesNotMatch(text(error), /eyJ|marker|request|headers/);
    assert.match(text(error), /refused.*again/);
  });

  it('has no token that a message quotes, whole or cut', () => {
    for (const quoted of [token, token.slice(0, 20), `Bearer ${token}`, `"${token}"`, 'bearer opaque-token']) {
      const described = text(new SyntaxError(`Unexpected token 'e', ${quoted} is not valid JSON`));
      assert.doesNotMatch(described, /eyJhb|opaque-token/, quoted);
      assert.match(described, /is not valid JSON/);
    }
  });

  it('has no query of a URL: codes and links live there', () => {
    const described = text(new Error('404: GET https://a.example/x?code=123456&sig=abc (again)'));
    assert.doesNotMatch(described, /123456|sig=/);
    assert.match(described, /https:\/\/a\.example\/x.*again/);
  });

  it('may bite its own tail', () => {
    const error = new Error('round');
    error.cause = error;
    assert.match(text(error), /round/);
  });

  it('may be no error at all', () => {
    assert.equal(describeError('a text'), 'a text');
    assert.equal(describeError({ token }), 'object');
    assert.equal(describeError(undefined), 'undefined');
  });

  it('is one line of JSON each time, whatever the texts in it hold', () => {
    fc.assert(
      fc.property(untrustedText, untrustedText, (one, other) => {
        const written: string[] = [];
        const log = createLog('trace', { write: (line) => written.push(line) });
        log.warn({ failure: one, conversation: `19:${other}`, err: new Error(one, { cause: other }) }, 'odd');
        const [line = '', ...more] = written;
        assert.deepEqual(more, []);
        assert.match(line, /^[^\n\r]*\n$/);
        const fields: unknown = JSON.parse(line);
        assert.ok(typeof fields === 'object' && fields !== null && 'msg' in fields && 'failure' in fields);
        assert.deepEqual([fields.msg, fields.failure], ['odd', one]);
      }),
    );
  });

  it('is written so, and a Secret in a field is written as a secret', async () => {
    const program = `
      import { createLog } from './bot/log.ts';
      import { Secret } from './src/domain/secret.ts';
      const err = Object.assign(new Error('refused'), { request: { headers: { authorization: process.argv[1] } } });
      const log = createLog('trace');
      log.error({ err, error: err, secret: new Secret('assertion', process.argv[1]) }, 'went wrong');
      log.info({}, 'fine');
      log.warn({ err }, 'odd');`;
    const cwd = join(import.meta.dirname, '..', '..');
    const { stdout } = await execa(process.execPath, ['--input-type=module', '-e', program, '--', token], { cwd });
    assert.equal(stdout.split('\n').length, 3);
    assert.match(stdout, /went wrong/);
    assert.match(stdout, /\[secret\]/);
    assert.doesNotMatch(stdout, /eyJ/);
    assert.equal(new Secret('assertion', token).reveal(), token);
  });
});
