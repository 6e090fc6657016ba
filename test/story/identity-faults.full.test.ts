import assert from 'node:assert/strict';
import { fineDevice } from '../sandbox/devices.ts';
import type { Fault } from '../sandbox/faults.ts';
import { mia } from '../sandbox/people.ts';
import { askPrivately } from './private-answer.ts';
import { ask, type Scene } from './scene.ts';
import { openStage, type Stage } from './stage.ts';

const busy = (status: number, headers = {}): Fault => ({
  kind: 'answer',
  status,
  headers,
  body: { error: 'temporarily_unavailable', error_description: 'AADSTS90033: A transient error has occurred.' },
});

describe('Entra and the Token Service misbehave', function () {
  this.timeout(120_000);
  let stage: Stage;
  before(async () => {
    stage = await openStage();
    stage.sandbox.tokenService.signIn(mia);
    // MSAL takes a token that ends within 5 min for ended: each use of Defender is an exchange.
    stage.sandbox.entra.defenderTokenLifetime = 200;
  });
  after(() => stage.close());
  afterEach(() => stage.sandbox.faults.clear());

  const collect = async (): Promise<Scene> => {
    const scene = await ask(stage.sandbox.client(mia), stage.sandbox.places.channel, fineDevice.id);
    await scene.card('Collect');
    return scene;
  };

  const ofTokenService: Readonly<Record<string, Fault>> = {
    'answers 503': { kind: 'answer', status: 503 },
    hangs: { kind: 'hang' },
  };
  for (const [how, fault] of Object.entries(ofTokenService)) {
    it(`a click while the Token Service ${how} is answered in time, changes nothing, and works afterwards`, async () => {
      const scene = await collect();
      const faulty = stage.sandbox.faults.inject('tokenService.getToken', fault, { times: 1_000 });
      const began = performance.now();
      const answer = await scene.press('Collect');
      assert.ok(performance.now() - began < 5_000);
      assert.ok(answer.kind === 'message' && /sign-in service/.test(answer.text), JSON.stringify(answer));
      faulty.remove();
      await scene.press('Collect');
      await scene.closing('Succeeded');
    });
  }

  it('a typed line while the Token Service hangs is answered in time', async () => {
    stage.sandbox.faults.inject('tokenService.getToken', { kind: 'hang' }, { times: 1_000 });
    const client = stage.sandbox.client(mia);
    const { channel } = stage.sandbox.places;
    const before = channel.messages.length;
    const began = performance.now();
    const status = askPrivately(client, channel, '/status');
    await channel.message((each) => channel.messages.indexOf(each) >= before, 6_000);
    assert.ok(performance.now() - began < 6_000, 'the promise is 5 s; a loaded machine gets a little more');
    assert.match((await status).content, /sign-in service|what I knew last/);
  });

  // A 503 is repeated once at once, so it takes two to delay anything.
  const ofEntra: Readonly<Record<string, { readonly fault: Fault; readonly times: number }>> = {
    'answers 503': { fault: busy(503), times: 2 },
    'answers 429': { fault: busy(429, { 'Retry-After': '600' }), times: 1 },
    hangs: { fault: { kind: 'hang' }, times: 1 },
  };
  for (const [how, { fault, times }] of Object.entries(ofEntra)) {
    it(`a confirmed collection goes on by itself after Entra ${how}, and is sent once`, async () => {
      const scene = await collect();
      const faulty = stage.sandbox.faults.inject('entra.obo', fault, { times });
      await scene.press('Collect');
      await faulty.reached;
      await scene.closing('Succeeded');
      const isOurs = ({ data }: { readonly data: object }) => JSON.stringify(data).includes(scene.reason);
      assert.equal(stage.sandbox.journal.all('defender.collect.received', isOurs).length, 1);
    });
  }
});
