import assert from 'node:assert/strict';
import { join } from 'node:path';
import { countOf, type Diagnosis, diagnose, isHealthy, type Watcher } from '../../../bot/doctor/diagnose.ts';
import type { StepId } from '../../../bot/doctor/finding.ts';
import type { Wishes } from '../../../bot/doctor/site.ts';
import { checks, steps } from '../../../bot/doctor/steps.ts';
import { mia } from '../../sandbox/people.ts';
import { Clinic } from './clinic.ts';

const packageFile = join(import.meta.dirname, 'no-such-package.zip');
const unwatched: Watcher = { begins: () => undefined, ends: () => undefined };

describe('a diagnosis', () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  afterEach(() => clinic.sandbox.faults.clear());
  after(() => clinic.close());

  const of = (env: Readonly<Record<string, string>> = {}, wishes: Partial<Wishes> = {}) =>
    diagnose(clinic.environment(env), { packageFile, ...wishes }, unwatched);
  const found = (diagnoses: readonly Diagnosis[], id: StepId) => {
    const diagnosis = diagnoses.find((each) => each.id === id);
    assert.ok(diagnosis !== undefined);
    return diagnosis.finding;
  };

  it('tells every step of the table once, in its order, before the next begins', async () => {
    const told: string[] = [];
    const watcher: Watcher = {
      begins: ({ id }) => told.push(`begins ${id}`),
      ends: ({ id }) => told.push(`ends ${id}`),
    };
    await diagnose(clinic.environment(), { packageFile }, watcher);
    assert.deepEqual(
      told,
      steps.flatMap(({ id }) => [`begins ${id}`, `ends ${id}`]),
    );
  });

  it('asks a person to sign in only once', async () => {
    const diagnoses = await of({}, { signIn: clinic.as(mia) });
    assert.ok(isHealthy(diagnoses), JSON.stringify(diagnoses));
    for (const id of ['sign-in', 'permissions', 'defender-audience'] as const) {
      assert.equal(found(diagnoses, id).kind, 'ok');
    }
    assert.equal(clinic.sandbox.journal.all('entra.deviceCode.answered').length, 1);
  });

  it('has every fault of the configuration, with an example each, and checks nothing else', async () => {
    const diagnoses = await diagnose({ PORT: 'many' }, { packageFile }, unwatched);
    const { kind, ...words } = found(diagnoses, 'configuration');
    assert.equal(kind, 'failed');
    for (const name of ['MicrosoftAppId', 'MicrosoftAppTenantId', 'MicrosoftAppPassword', 'PORT']) {
      assert.ok(JSON.stringify(words).includes(name), name);
    }
    assert.match(JSON.stringify(words), /for instance 00000000-1111/);
    assert.equal(countOf(diagnoses, 'notChecked'), steps.length - 1);
    assert.ok(!isHealthy(diagnoses));
  });

  it('tells a fault once: what rests on it is not checked', async () => {
    const diagnoses = await of({ MicrosoftAppPassword: 'hidden-word' }, { signIn: clinic.as(mia) });
    assert.equal(countOf(diagnoses, 'failed'), 1, JSON.stringify(diagnoses));
    const { credential: _, ...resting } = {
      credential: found(diagnoses, 'credential'),
      connection: found(diagnoses, 'oauth-connection'),
      scope: found(diagnoses, 'oauth-scope'),
      permissions: found(diagnoses, 'permissions'),
      powers: found(diagnoses, 'application-permissions'),
      audience: found(diagnoses, 'defender-audience'),
    };
    for (const finding of Object.values(resting)) {
      assert.match(JSON.stringify(finding), /"notChecked".*It rests on “(Entra accepts|The OAuth connection exists)/);
    }
    assert.equal(found(diagnoses, 'sign-in').kind, 'ok', 'a person needs no credential of the bot');
  });

  it('is not unhealthy for what could not be checked, or for a warning', async () => {
    const { entra } = clinic.sandbox;
    entra.applicationRoles = ['Machine.CollectForensics'];
    const diagnoses = await of();
    entra.applicationRoles = [];
    assert.equal(countOf(diagnoses, 'warning'), 1);
    assert.ok(countOf(diagnoses, 'notChecked') > 0);
    assert.ok(isHealthy(diagnoses));
  });

  it('takes a fault of a check for a failure of that step, without secrets, and goes on', async () => {
    const broken = checks.find(({ id }) => id === 'clock');
    assert.ok(broken !== undefined);
    const { run } = broken;
    const error = new Error('with https://host/path?sig=hidden-word and Bearer eyJhbGciOi.hidden-word');
    try {
      Object.assign(broken, { run: () => Promise.reject(error) });
      const diagnoses = await of();
      const finding = JSON.stringify(found(diagnoses, 'clock'));
      assert.match(finding, /"failed".*The doctor itself could not look.*report it/);
      assert.doesNotMatch(finding, /hidden-word|eyJ/);
      assert.notEqual(found(diagnoses, 'manifest').kind, 'failed');
    } finally {
      Object.assign(broken, { run });
    }
  });

  it('rests on steps that came before', () => {
    const seen = new Set<StepId>();
    for (const { id, needs } of checks) {
      for (const need of needs) assert.ok(seen.has(need), `${id} needs ${need}`);
      seen.add(id);
    }
    assert.equal(seen.size, checks.length, 'each once');
  });
});
