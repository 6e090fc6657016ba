import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import sinon from 'sinon';
import type { Forgery } from './bot-framework.ts';
import { mia } from './people.ts';
import { type ProbeBot, startProbeBot } from './probe-bot.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

describe("the sandbox's signed activities, checked by botframework-connector", () => {
  let sandbox: Sandbox;
  let bot: ProbeBot;
  let turns: string[];

  before(async () => {
    // The SDK prints every refusal.
    sinon.stub(console, 'error');
    sandbox = await startSandbox();
    bot = await startProbeBot(sandbox);
    bot.logic = async ({ activity }) => {
      turns.push(activity.text);
      return undefined;
    };
  });
  beforeEach(() => {
    turns = [];
  });
  afterEach(() => sandbox.faults.clear());
  after(async () => {
    sinon.restore();
    await bot.stop();
    await sandbox.stop();
  });

  const say = (forgery: Forgery) => sandbox.client(mia).say(sandbox.places.personal(mia), 'hello', { forgery });

  it('are accepted as they are', async () => {
    assert.equal((await say({})).answer.status, 200);
    assert.deepEqual(turns, ['hello']);
  });

  const forgeries: Readonly<Record<string, Forgery>> = {
    'a key that nobody published': { signer: 'stranger' },
    "a stranger's key under the id of Teams' own": { signer: 'stranger', keyId: 'sandbox-teams-1' },
    'a key that is endorsed for another channel': { signer: 'otherChannel' },
    "Entra's key": { signer: 'entra' },
    'no signature at all': { algorithm: 'none' },
    'another issuer': { issuer: 'https://api.evil.example' },
    'another audience': { audience: 'b07b07b0-9999-4999-8999-000000000009' },
    'another service URL': { serviceUrl: 'https://evil.example/' },
    'an end in the past': { expiresIn: -900, notBefore: -4000 },
    'a beginning in the future': { notBefore: 900 },
    'another scheme': { authorization: 'Basic bWlhOm1pYQ==' },
    'no header': { authorization: null },
  };
  for (const [name, forgery] of Object.entries(forgeries)) {
    it(`are refused with ${name}`, async () => {
      const { answer } = await say(forgery);
      assert.ok(answer.status >= 400, `HTTP ${answer.status}`);
      assert.deepEqual(turns, []);
    });
  }
});
