import assert from 'node:assert/strict';
import { aCollection } from '../../build/collection.ts';
import { dana } from '../../build/person.ts';
import { aConfirmed } from '../../build/request.ts';
import { botApp } from '../../sandbox/app.ts';
import { fineDevice } from '../../sandbox/devices.ts';
import { anActivity } from './activities.ts';
import { aToken, Desk, held } from './desk.ts';

const personal = { conversation: { ...anActivity().conversation, id: 'a:1', conversationType: 'personal' } };
const slash = { recipient: { id: botApp.teamsId, isTargeted: true } };

describe('a typed line', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  const requests = () => desk.memory.requests.newestOf(dana.oid, 100);
  const collect = `/collect ${fineDevice.id} suspicious logon`;

  it('that asks for a package makes one request; its card is the answer', async () => {
    assert.deepEqual(await desk.say(collect), []);
    assert.equal((await requests()).length, 1);
    assert.deepEqual(desk.memory.queued.map(({ queue }) => queue).toSorted(), ['announce', 'expire', 'lookUp']);
  });

  it('that comes twice makes one request', async () => {
    await desk.say(collect);
    assert.deepEqual(await desk.say(collect), []);
    assert.equal((await requests()).length, 1);
  });

  const bad: Readonly<Record<string, readonly [text: string, says: RegExp]>> = {
    'no reason': [`/collect ${fineDevice.id}`, /reason is missing/],
    'no device': ['/collect', /Which device/],
    'a device that is none': ['/collect !!! suspicious', /neither a device ID nor a computer name/],
    'a reason of 2,000 characters': [`/collect lap-1 ${'x'.repeat(2_000)}`, /2,000 of at most 1,000/],
    'two commands': [`${collect} /status`, /two commands/],
    'an unknown command': ['/colect lap-1 x', /Did you mean `\/collect`/],
    'nothing but the mention': ['<at></at>\u00a0\n', /text only/],
    nothing: ['', /text only/],
  };
  for (const [name, [text, says]] of Object.entries(bad)) {
    it(`with ${name} gets one clear answer, and makes no request`, async () => {
      const answers = await desk.say(text);
      assert.equal(answers.length, 1);
      assert.match(answers[0] ?? '', says);
      assert.deepEqual(await requests(), []);
      assert.deepEqual(desk.log.lines, []);
    });

    it(`with ${name}, as a slash command, is answered to the asker alone`, async () => {
      await desk.say(text, slash);
      assert.equal(desk.adapter.sent.length, 0);
      assert.equal(desk.targeted.length, 1);
      assert.match(JSON.stringify(desk.targeted), says);
    });
  }

  it('with an attachment alone gets one clear answer', async () => {
    const answers = await desk.say('', { attachments: [{ contentType: 'image/png', contentUrl: 'https://x' }] });
    assert.equal(answers.length, 1);
  });

  it('of another bot gets no answer', async () => {
    assert.deepEqual(await desk.say(collect, { from: { id: '28:other', name: 'Bot' } }), []);
    assert.deepEqual(await requests(), []);
  });

  it('of a guest is refused politely, and makes no request', async () => {
    const answers = await desk.say(collect, {
      channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } },
    });
    assert.match(answers[0] ?? '', /guest, or belongs to another organisation/);
    assert.deepEqual(await requests(), []);
  });

  it('that is edited does nothing, and says so once', async () => {
    const { channelData } = anActivity();
    const edit = { type: 'messageUpdate', channelData: { ...channelData, eventType: 'editMessage' } };
    const answers = await desk.say(collect, edit);
    assert.equal(answers.length, 1);
    assert.match(answers[0] ?? '', /do not read edited messages/);
    assert.deepEqual(await requests(), []);
  });

  const silent: Readonly<Record<string, object>> = {
    'a reaction': { type: 'messageReaction', reactionsAdded: [{ type: 'like' }] },
    'an undone deletion': {
      type: 'messageUpdate',
      channelData: { ...anActivity().channelData, eventType: 'undeleteMessage' },
    },
    'a deletion': { type: 'messageDelete' },
    'new members': { type: 'conversationUpdate', membersAdded: [{ id: '29:x' }, { id: '28:another-bot' }] },
    'a renamed team': {
      type: 'conversationUpdate',
      channelData: { ...anActivity().channelData, eventType: 'teamRenamed' },
    },
    'a new version of the app': { type: 'installationUpdate', action: 'add-upgrade' },
    typing: { type: 'typing' },
    'an event': { type: 'event', name: 'application/vnd.microsoft.readReceipt', value: {} },
    'the end of a conversation': { type: 'endOfConversation' },
    'a type of the future': { type: 'somethingNew' },
  };
  for (const [name, changes] of Object.entries(silent)) {
    it(`that is none but ${name} gets no answer, and asks nobody`, async () => {
      assert.deepEqual(await desk.say(collect, changes), []);
      assert.deepEqual(await requests(), []);
      assert.deepEqual(desk.tokenService.calls, []);
      assert.deepEqual(desk.log.lines, []);
    });
  }

  describe('where the bot does not serve', () => {
    beforeEach(() => {
      desk = new Desk({ allowedConversations: ['19:elsewhere@thread.tacv2'] });
    });

    for (const text of [collect, 'help', '/status', '/signout', 'nonsense']) {
      it(`(${text.slice(0, 10)}) gets a polite answer and nothing else`, async () => {
        const answers = await desk.say(text);
        assert.equal(answers.length, 1);
        assert.match(answers[0] ?? '', /do not serve in this conversation/);
        assert.deepEqual(await requests(), []);
        assert.deepEqual(desk.tokenService.calls, []);
      });
    }

    it('does the same in 1:1, but takes a sign-in’s code there', async () => {
      assert.match((await desk.say(collect, personal))[0] ?? '', /do not serve/);
      assert.deepEqual(await desk.say('123456', personal), []);
      assert.deepEqual(desk.tokenService.calls, ['redeem']);
    });

    it('serves in the listed team', async () => {
      desk = new Desk({ allowedConversations: ['19:team@thread.tacv2'] });
      await desk.say(collect);
      assert.equal((await requests()).length, 1);
    });
  });

  it('of six digits in 1:1 is a sign-in’s code; one that is not taken is answered', async () => {
    desk.tokenService.redeemed = async () => ({ kind: 'none' });
    assert.match((await desk.say(' 000000\n', personal))[0] ?? '', /sign-in did not work/);
    desk.tokenService.redeemed = async () => ({ kind: 'problem', problem: { kind: 'signInUnavailable' } });
    assert.match((await desk.say('000000', personal))[0] ?? '', /sign-in service did not answer/);
  });

  it('of six digits in a channel is an unknown command: the code is not given away to the service', async () => {
    await desk.say('123456');
    assert.deepEqual(desk.tokenService.calls, []);
  });

  it('shows the asker’s requests to the asker alone', async () => {
    desk.tokenService.found = async () => held(aToken(dana));
    await desk.say(collect);
    for (const text of ['/status', '/history']) await desk.say(text);
    assert.equal(desk.targeted.length, 2);
    assert.equal(desk.adapter.sent.length, 0);
  });

  it('signs out, and says it to the asker alone; a Token Service that is down is said too', async () => {
    await desk.say('/signout');
    assert.match(JSON.stringify(desk.targeted), /You are signed out/);
    desk.tokenService.signedOut = () => Promise.reject(new Error('503'));
    await desk.say('/signout');
    assert.match(JSON.stringify(desk.targeted.at(-1)), /sign-in service did not answer/);
  });

  it('signs out with a word on what goes on, and has its cards say at once that nobody follows', async () => {
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    await desk.say('/signout');
    assert.match(JSON.stringify(desk.targeted), /One collection goes on in Defender, but I no longer follow it as you/);
    assert.deepEqual(desk.sweeps, [[dana.oid, 0]]);
  });

  it('is answered when the store breaks, and the log says what', async () => {
    const store = { ...desk.memory.requests, propose: () => Promise.reject(new Error('the store is on fire')) };
    desk = new Desk({ store });
    assert.match((await desk.say(collect))[0] ?? '', /went wrong on my side/);
    assert.match(String(desk.log.lines[0]?.fields.err), /on fire/);
  });

  it('ends quietly when nobody can be answered, and the log says so', async () => {
    desk.adapter.fails = new Error('502');
    assert.deepEqual(await desk.say('help'), []);
    assert.deepEqual(
      desk.log.lines.map(({ level }) => level),
      ['error', 'error'],
    );
  });
});
