import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { z } from 'zod';
import { readConfig } from '../../bot/config.ts';
import type { SignedIn } from '../../infra/entra/azure-cli.ts';
import { connectionSubject } from '../../infra/entra/federated.ts';
import { runEntra } from '../../infra/entra/run.ts';
import { type Application, blank, defenderScopes, FakeGraph, graphToken } from './fake-graph.ts';

const root = join(import.meta.dirname, '..', '..');
const tenant = '0b000000-1111-4222-8333-444444444444';
const principal = 'd1d1d1d1-6666-4666-8666-000000000006';

/**
 * Starts the command with an `az` in front of all others that answers what is asked, and nothing else.
 * @param signedIn nobody, where undefined
 */
async function asNpmDoes(signedIn: SignedIn | undefined, ...args: readonly string[]) {
  const folder = await mkdtemp(join(tmpdir(), 'collector-az-'));
  const answers = {
    'account show': { tenantId: signedIn?.tenant, environmentName: signedIn?.cloud },
    'cloud show': { endpoints: { activeDirectory: signedIn?.authority, microsoftGraphResourceId: signedIn?.graph } },
    'account get-access-token': { accessToken: signedIn?.token },
  };
  const known = Object.entries(signedIn === undefined ? {} : answers);
  const cases = known.map(([said, answer]) => `"${said}") echo '${JSON.stringify(answer)}';;`);
  const script = ['#!/bin/sh', 'case "$1 $2" in', ...cases, '*) exit 1;;', 'esac', ''].join('\n');
  try {
    await writeFile(join(folder, 'az'), script, { mode: 0o755 });
    const PATH = `${folder}${delimiter}${process.env.PATH}`;
    return await execa('npm', ['run', '--silent', 'entra', '--', ...args], { cwd: root, env: { PATH }, reject: false });
  } finally {
    await rm(folder, { recursive: true });
  }
}

function textIn(stream: PassThrough): string {
  return z.instanceof(Buffer).nullable().parse(stream.read())?.toString('utf8') ?? '';
}

describe('npm run entra', function () {
  this.timeout(60_000);
  let graph: FakeGraph;
  let signedIn: SignedIn;

  beforeEach(async () => {
    graph = new FakeGraph();
    const url = await graph.listen();
    const authority = 'https://login.microsoftonline.com';
    signedIn = { tenant, cloud: 'AzureCloud', graph: url, authority, token: graphToken };
  });
  afterEach(() => graph.close());

  /** Runs the command in this process; the first test starts it as npm does. */
  async function entra(...args: readonly string[]) {
    const [out, err] = [new PassThrough(), new PassThrough()];
    const exitCode = await runEntra(args, { out, err }, async () => signedIn);
    const [stdout, stderr] = [textIn(out), textIn(err)];
    assert.ok(!`${stdout}${stderr}`.includes(graphToken), 'the token is printed');
    return { exitCode, stdout, stderr };
  }

  const only = (): Application => graph.applications[0] ?? assert.fail('there is no application');

  it('adds the address by which Teams signs people in to the tab, once the bot’s host is known', async () => {
    await entra();
    const { exitCode, stdout } = await entra('--domain', 'collector.contoso.com');
    assert.equal(exitCode, 0);
    const app = only();
    const tab = `api://collector.contoso.com/botid-${app.appId}`;
    assert.deepEqual(app.identifierUris, [`api://botid-${app.appId}`, tab]);
    assert.match(stdout, /identifier URI api:\/\/collector/);
    assert.equal((await entra('--domain', 'no host')).exitCode, 2);
  });

  it('makes a registration with all that the bot needs, and no permission more', async () => {
    const { exitCode, stdout, stderr } = await asNpmDoes(signedIn, '--identity', principal);
    assert.equal(exitCode, 0, stderr);
    assert.ok(!`${stdout}${stderr}`.includes(graphToken), 'the token is printed');
    const app = only();
    assert.equal(app.signInAudience, 'AzureADMyOrg');
    assert.deepEqual(app.identifierUris, [`api://botid-${app.appId}`]);
    assert.equal(app.api?.requestedAccessTokenVersion, 2);
    const [scope, ...otherScopes] = app.api?.oauth2PermissionScopes ?? [];
    assert.deepEqual([scope?.value, scope?.type, otherScopes], ['access_as_user', 'User', []]);
    assert.deepEqual(app.api?.preAuthorizedApplications, [
      { appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', delegatedPermissionIds: [scope?.id] },
      { appId: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', delegatedPermissionIds: [scope?.id] },
    ]);
    assert.deepEqual(
      app.appRoles?.map(({ value }) => value),
      ['Collect.Approve'],
    );
    const [forensics, read] = ['Machine.CollectForensics', 'Machine.Read'].map(
      (name) => defenderScopes.find(({ value }) => value === name)?.id,
    );
    assert.deepEqual(app.requiredResourceAccess, [
      {
        resourceAppId: 'fc780465-2017-40d4-a0c5-307022471b92',
        resourceAccess: [
          { id: forensics, type: 'Scope' },
          { id: read, type: 'Scope' },
        ],
      },
    ]);
    assert.deepEqual(app.web?.redirectUris, ['https://token.botframework.com/.auth/web/redirect']);
    assert.deepEqual(
      app.federated.map(({ issuer, subject }) => [issuer, subject]),
      [
        [`https://login.microsoftonline.com/${tenant}/v2.0`, principal],
        [`https://login.microsoftonline.com/${tenant}/v2.0`, connectionSubject(tenant, 'defender-sso')],
      ],
    );
    assert.ok(graph.servicePrincipals.some(({ appId }) => appId === app.appId));
    assert.match(stdout, /^made the app registration Collector, /m);
    assert.match(stdout, /^https:\/\/login\.microsoftonline\.com\/.+\/v2\.0\/adminconsent\?/m);
    const ids = Object.fromEntries(
      [...stdout.matchAll(/^(\w+)=(\S+)$/gm)].map(([, key = '', value = '']) => [key, value]),
    );
    assert.ok(readConfig({ ...ids, MicrosoftAppPassword: 'x' }).ok, stdout);
  });

  it('changes nothing when it is run again', async () => {
    await entra('--identity', principal);
    const before = structuredClone(graph.applications);
    graph.writes.length = 0;
    const { stdout } = await entra('--identity', principal);
    assert.deepEqual(graph.writes, []);
    assert.deepEqual(graph.applications, before);
    assert.match(stdout, /^nothing to do/m);
  });

  it('says what it would do, and does nothing, when asked to', async () => {
    const { stdout } = await entra('--dry-run');
    assert.match(stdout, /^would make the app registration Collector/m);
    graph.applications.push({ ...blank(), id: 'one', appId: randomUUID(), displayName: 'Collector' });
    const { stdout: ofExisting } = await entra('--dry-run', '--identity', principal);
    assert.equal(ofExisting.match(/^would /gm)?.length, 11, ofExisting);
    assert.deepEqual(graph.writes, []);
  });

  it('mends what somebody changed, and leaves alone what is theirs', async () => {
    await entra();
    const app = only();
    const foreign = { resourceAppId: randomUUID(), resourceAccess: [{ id: randomUUID(), type: 'Scope' }] };
    const [defender] = app.requiredResourceAccess ?? [];
    defender?.resourceAccess.push({ id: defenderScopes[2]?.id ?? '', type: 'Scope' });
    app.requiredResourceAccess?.push(foreign);
    app.identifierUris?.push(`https://contoso.example/${app.appId}`);
    app.api?.preAuthorizedApplications.pop();
    app.federated.splice(0, 1, { ...(app.federated[0] ?? assert.fail()), subject: 'of another connection' });
    const { stdout } = await entra('--app', app.appId);
    assert.deepEqual(stdout.match(/^(?:would )?set .+/gm)?.length, 3, stdout);
    const access = new Map(app.requiredResourceAccess?.map((each) => [each.resourceAppId, each.resourceAccess]));
    assert.deepEqual(access.get(foreign.resourceAppId), foreign.resourceAccess);
    assert.equal(access.get('fc780465-2017-40d4-a0c5-307022471b92')?.length, 2);
    assert.equal(app.identifierUris?.length, 2);
    assert.equal(app.federated[0]?.subject, connectionSubject(tenant, 'defender-sso'));
  });

  it('waits until Graph sees everywhere what it has just made', async () => {
    graph.lag = 2;
    const { exitCode, stderr } = await entra();
    assert.equal(exitCode, 0, stderr);
    assert.equal(graph.applications.length, 1);
  });

  it('in US Government asks for a secret in place of the connection’s credential', async () => {
    signedIn = { ...signedIn, cloud: 'AzureUSGovernment', authority: 'https://login.microsoftonline.us' };
    const { stdout } = await entra('--identity', principal);
    assert.match(stdout, /The OAuth connection needs a client secret/);
    assert.deepEqual(
      only().federated.map(({ audiences }) => audiences),
      [['api://AzureADTokenExchangeUSGov']],
    );
    assert.deepEqual(only().web?.redirectUris, ['https://token.botframework.azure.us/.auth/web/redirect']);
  });

  it('refuses to guess between two of a name, a tenant without Defender, and what it does not know', async () => {
    for (let n = 0; n < 2; n += 1) {
      graph.applications.push({ ...blank(), id: randomUUID(), appId: randomUUID(), displayName: "O'Brien’s" });
    }
    const twice = await entra('--name', "O'Brien’s");
    assert.equal(twice.exitCode, 1);
    assert.match(twice.stderr, /Say which one with --app/);
    graph.servicePrincipals.length = 0;
    assert.match((await entra()).stderr, /does it have Defender for Endpoint/);
    assert.equal((await entra('--identity', 'mine')).exitCode, 2);
    assert.equal((await entra('--remove')).exitCode, 2);
    assert.deepEqual(graph.writes, []);
    const nobody = await asNpmDoes(undefined);
    assert.equal(nobody.exitCode, 1);
    assert.match(nobody.stderr, /sign in with az login/);
  });
});

describe('the subject of the OAuth connection’s credential', () => {
  it('writes the tenant as .NET does', () => {
    // Bot Service's own id, 5b404cf4-…, is known in this form: '9ExAW52n_ky4ZiS_jhpJIQ'.
    const subject = connectionSubject('5b404cf4-a79d-4cfe-b866-24bf8e1a4921', 'defender-sso');
    assert.equal(subject, '/eid1/c/pub/t/9ExAW52n_ky4ZiS_jhpJIQ/a/9ExAW52n_ky4ZiS_jhpJIQ/defender-sso');
  });
});
