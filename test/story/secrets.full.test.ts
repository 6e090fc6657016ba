/** A day with everything in it that goes right or wrong; then all that it leaves behind is searched. */
import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import getPort from 'get-port';
import { sql } from 'kysely';
import sinon from 'sinon';
import { z } from 'zod';
import { runAudit } from '../../bot/audit/run.ts';
import { openDirectory } from '../../src/adapters/store/backend.ts';
import { type EmbeddedDirectory, embeddedDirectory } from '../build/embedded-directory.ts';
import { fineDevice, hiddenDevice } from '../sandbox/devices.ts';
import { mia, omar } from '../sandbox/people.ts';
import { type Sandbox, startSandbox } from '../sandbox/sandbox.ts';
import { type WireServer, wireServer } from '../src/adapters/defender/wire-server.ts';
import { type BotProcess, startBot } from './bot-process.ts';
import { ask } from './scene.ts';

/** The beginning of any token, the bot's own secret, a link to a package, the marker that faulty answers carry. */
const secret = /eyJ[\w-]{8,}|sandbox~client~secret|sandbox-link-marker|echoed-secret/;
/** What a service that breaks may send back: what it was sent. */
const echo = 'you sent Bearer eyJhbGciOiJub25lIn0.eyJtYXJrZXIiOjF9. to https://x.example/?sig=echoed-secret';
/** An error that nobody catches, as a client library might throw it; the words come by the environment, not by its stack. */
const unseen = `data:text/javascript,${encodeURIComponent(`setTimeout(() => {
  const said = process.env.ECHO;
  Promise.reject(Object.assign(new Error(said, { cause: new Error(said) }), { config: { headers: { authorization: said } } }));
}, 1500);`)}`;

describe('what a day leaves behind', function () {
  this.timeout(240_000);
  let sandbox: Sandbox;
  let directory: EmbeddedDirectory;
  let bot: BotProcess;
  let codes: readonly string[] = [];
  let rows = '';
  let numbers = '';
  let receiver: WireServer;
  let exported: readonly Record<string, unknown>[] = [];
  let verdict = '';

  before(async () => {
    sandbox = await startSandbox();
    const completed = sinon.spy(sandbox.tokenService, 'completeSignIn');
    directory = await embeddedDirectory();
    receiver = await wireServer((response) => response.setHeader('content-type', 'application/json').end('{}'));
    const METRICS_PORT = String(await getPort());
    const watched = { METRICS_PORT, OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    const environment = { ...sandbox.environment(), ...watched, LOG_LEVEL: 'trace', ECHO: echo };
    bot = await startBot({ environment, databaseUrl: directory.path, nodeArguments: ['--import', unseen] });
    sandbox.setBotUrl(bot.messagesUrl);
    await playWhatGoesRight();
    await playWhatGoesWrong();
    await bot.says('nobody saw it');
    numbers = await (await fetch(`http://127.0.0.1:${METRICS_PORT}/metrics`)).text();
    await bot.stop();
    codes = (await Promise.all(completed.returnValues)).filter((code) => code !== undefined);
    rows = await everyRow(directory.path);
    verdict = (await audit('verify')).text;
    exported = (await audit('export')).text.trimEnd().split('\n').map(readLine);
  });
  after(async () => {
    await bot.stop();
    await receiver.close();
    await sandbox.stop();
    await directory.remove();
  });

  async function playWhatGoesRight(): Promise<void> {
    sandbox.client(mia).kind = 'code';
    const scene = await ask(sandbox.client(mia), sandbox.places.channel, fineDevice.id);
    await scene.press('Sign in');
    await scene.press('Collect');
    const done = await scene.card('Get download link');
    const answer = await sandbox.client(mia).click(done, 'Get download link');
    assert.match(JSON.stringify(answer), /sandbox-link-marker/, 'the clicker gets the link');
    await sandbox.client(omar).click(done, 'Get download link');
  }

  async function playWhatGoesWrong(): Promise<void> {
    const { faults, places } = sandbox;
    const client = sandbox.client(mia);
    const wrong = { status: 500, headers: { 'retry-after': '1' }, body: { error: { code: 'X', message: echo } } };
    const trouble = async (device: string) => {
      const scene = await ask(client, places.channel, device);
      await scene.card(/Cannot go on|Delayed|Sign in/);
      faults.clear();
      await scene.end();
    };
    await trouble(hiddenDevice.id);
    for (const status of [401, 403, 429, 500]) {
      faults.inject('defender.getMachine', { ...wrong, kind: 'answer', status }, { times: 99 });
      await trouble(fineDevice.id);
      sandbox.tokenService.signIn(mia);
    }
    faults.inject('entra.obo', { ...wrong, kind: 'answer', status: 400 }, { times: 99 });
    await trouble(fineDevice.id);
    faults.inject('tokenService.getToken', { ...wrong, kind: 'answer' }, { times: 99 });
    await trouble(fineDevice.id);
    faults.inject('connector.send', { ...wrong, kind: 'answer', status: 502 }, { times: 2 });
    const scene = await ask(client, places.channel, fineDevice.id);
    await scene.card('Collect');
    faults.inject('defender.collect', { kind: 'answer', status: 400, body: { error: { code: 'Bad', message: echo } } });
    await scene.press('Collect');
    await scene.card('Try again');
    await client.say(places.personal(mia), 'help', { forgery: { authorization: `Bearer ${echo.split(' ')[3]}` } });
    await client.say(places.personal(mia), '/signout');
  }

  async function audit(...args: string[]) {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const code = await runAudit(args, { DATABASE_URL: directory.path }, { out, err });
    assert.equal(code, 0);
    return { text: z.instanceof(Buffer).parse(out.read()).toString('utf8') };
  }

  const codePattern = () => new RegExp(`(?<![\\d.])(?:${codes.join('|')})(?!\\d)`);

  it('no token, code, secret or link in anything that the process wrote, at the most talkative', () => {
    assert.ok(codes.length > 0);
    assert.ok(bot.lines.length > 20);
    for (const line of bot.lines) {
      assert.doesNotMatch(line, secret);
      assert.doesNotMatch(line, codePattern());
    }
  });

  it('none in the output of an error that nobody caught, which is told nevertheless', () => {
    const line = bot.lines.find((each) => each.includes('nobody saw it'));
    assert.match(line ?? '', /you sent Bearer \[token\]/);
  });

  it('none in any row of the database, the jobs and the audit included', () => {
    assert.match(rows, /suspicious logon/, 'the rows are really there');
    assert.match(rows, /linkFetched/);
    assert.doesNotMatch(rows, secret);
    assert.doesNotMatch(rows, codePattern());
  });

  it('none in the numbers, nor in the traces', () => {
    assert.match(numbers, /^collector_defender_calls_total\{call="packageLink",result="ok"\} [1-9]/m);
    const traces = receiver.heard.filter(({ url }) => url === '/v1/traces').map(({ body }) => body);
    assert.match(traces.join(), /Defender packageLink/);
    for (const told of [numbers, ...traces]) {
      assert.doesNotMatch(told, secret);
      assert.doesNotMatch(told, codePattern());
    }
  });

  it('none in what everybody may read, nor in any card of a request', () => {
    for (const place of [sandbox.places.channel, sandbox.places.groupChat]) {
      for (const message of place.messages.filter(({ visibleTo }) => visibleTo === 'everyone')) {
        assert.doesNotMatch(JSON.stringify([message.activity, message.versions]), secret);
      }
    }
  });

  it('an audit that is whole, and tells who did what', () => {
    assert.match(verdict, /The audit is whole/);
    assert.doesNotMatch(verdict, /wait to be sealed/);
    const mias = exported.filter(({ byOid }) => byOid === mia.oid);
    const kinds = mias.map(({ kind }) => kind);
    assert.deepEqual(kinds.slice(0, 5), ['asked', 'signedIn', 'confirmed', 'submitted', 'linkFetched']);
    assert.equal(mias[0]?.byUpn, null, 'nobody knew it before the sign-in');
    assert.equal(mias[3]?.byUpn, mia.upn);
    assert.match(String(mias[3]?.action), /^[0-9a-f-]{36}$/);
    assert.equal(mias[0]?.conversation, mias[3]?.conversation);
    assert.ok(exported.some(({ kind, byOid, details }) => kind === 'finished' && byOid === null && isSuccess(details)));
    assert.ok(kinds.includes('personRefused') && kinds.includes('refused') && kinds.includes('signedOut'));
  });

  const isSuccess = (details: unknown) => JSON.stringify(details).includes('"status":"Succeeded"');
});

function readLine(line: string): Record<string, unknown> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(line));
}

/** Everything in every table of ours and of the job queue. */
async function everyRow(path: string): Promise<string> {
  const { db, close } = await openDirectory(path);
  try {
    const tables = await sql<{ name: string }>`select format('%I.%I', schemaname, tablename) as name
      from pg_tables where schemaname in ('public', 'pgboss')`.execute(db);
    const texts: string[] = [];
    for (const { name } of tables.rows) {
      const { rows } = await sql<{ text: string }>`select row_to_json(t)::text as text from ${sql.raw(name)} t`.execute(
        db,
      );
      texts.push(...rows.map(({ text }) => `${name} ${text}`));
    }
    return texts.join('\n');
  } finally {
    await close();
  }
}
