import assert from 'node:assert/strict';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { known, machineActionId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aConfirmed } from '../../build/request.ts';
import { anActivity } from './activities.ts';
import { aToken, Desk, held } from './desk.ts';

const running = anAction({ status: 'InProgress', requestor: 'omar@corp.example' });
const cancelLine = `/cancel ${machineActionId()} wrong device`;
const cancelData = { action: machineActionId(), why: 'wrong device' };
const list = { about: 'lap-0042', page: 0 };

describe('an answer for one person alone', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
  });
  const signIn = () => {
    desk.tokenService.found = async () => held(aToken(dana));
  };
  const only = (answers: readonly string[]) => {
    assert.equal(answers.length, 1);
    assert.equal(desk.adapter.sent.length, 0, 'nothing stands where others see it');
    return known(answers[0]);
  };

  for (const line of ['/status lap-0042', '/history lap-0042', cancelLine]) {
    it(`to ${line} without a sign-in is a card that asks for one, and carries what was typed`, async () => {
      const answer = only(await desk.say(line));
      assert.match(answer, /Sign-in needed/);
      assert.match(answer, line === cancelLine ? /"why":"wrong device"/ : /"about":"lap-0042","page":0/);
    });
  }

  it('to a list goes to nobody else, also where a message is not for them alone', async () => {
    signIn();
    desk.defender.devicesNamed = async () => ({ ok: true, value: [aDevice()] });
    desk.defender.actionsOnDevice = async () => ({ ok: true, value: [running] });
    assert.match(only(await desk.say('/history lap-0042')), /omar@corp\.example/);
  });

  it('to what can be neither id nor name asks nobody', async () => {
    signIn();
    assert.match(only(await desk.say('/history ???')), /neither a device ID/);
  });

  it('to /status before anything was asked for says how to ask', async () => {
    signIn();
    assert.match(only(await desk.say('/status')), /nothing to show/);
  });

  it('to /status where Defender says no shows what is known, and why it may be old', async () => {
    signIn();
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    await desk.memory.requests.rememberRequestorName(dana.oid, 'dana@corp.example');
    desk.defender.actionsOfRequestor = async () => ({ ok: false, failure: { kind: 'unanswered', sent: true } });
    assert.match(only(await desk.say('/status')), /what I knew last/);
  });

  it('to /cancel of somebody else’s action is a question that names them, and no call', async () => {
    signIn();
    desk.defender.action = async () => ({ ok: true, value: running });
    const answer = only(await desk.say(cancelLine));
    assert.match(answer, /omar@corp\.example/);
    assert.match(answer, /"verb":"cancelOthersAction"/);
  });

  describe('by a click', () => {
    it('is the page that the button names', async () => {
      signIn();
      desk.defender.devicesNamed = async () => ({ ok: true, value: [aDevice()] });
      const actions = [1, 2, 3, 4, 5, 6].map((n) => anAction({ id: machineActionId(n) }));
      desk.defender.actionsOnDevice = async () => ({ ok: true, value: actions });
      const { body } = await desk.click('showHistory', { ...list, page: 1 });
      assert.equal(body?.type, 'application/vnd.microsoft.card.adaptive');
      assert.match(JSON.stringify(body), /Page 2 of 2/);
    });

    it('is sent to Defender only from the second question’s button', async () => {
      signIn();
      const calls: string[] = [];
      desk.defender.action = async () => ({ ok: true, value: running });
      desk.defender.cancel = async (_token, id, comment) => {
        calls.push(`${id} ${comment}`);
        return { ok: true, value: running };
      };
      await desk.click('cancelAction', cancelData);
      assert.deepEqual(calls, []);
      const { body } = await desk.click('cancelOthersAction', cancelData);
      assert.match(JSON.stringify(body), /asked to stop action/);
      assert.deepEqual(calls, [`${machineActionId()} wrong device`]);
    });

    it('is a clear answer to a reason that a forged click left empty', async () => {
      signIn();
      const { body } = await desk.click('cancelOthersAction', { ...cancelData, why: ' \u200b ' });
      assert.match(JSON.stringify(body), /reason is empty/);
    });

    it('is refused to forged data as on any card', async () => {
      signIn();
      const { body } = await desk.click('showHistory', { ...list, page: -1 });
      assert.match(JSON.stringify(body), /could not read that click/);
    });

    it('is refused where the bot does not serve, and to another tenant', async () => {
      const away = new Desk({ allowedConversations: ['19:elsewhere@thread.tacv2'] });
      assert.match(JSON.stringify(await away.click('showStatus', list)), /do not serve in this conversation/);
      const changes = { channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } };
      assert.match(JSON.stringify(await desk.click('showStatus', list, { changes })), /another organisation/);
    });

    it('that needs more proof opens a window; the same refusal after it is told, and not asked for again', async () => {
      const problem = { kind: 'moreProofNeeded', obstacle: 'policy', code: 'AADSTS53003' } as const;
      desk = new Desk({ onBehalfOf: { exchange: async () => ({ kind: 'problem', problem }) } });
      desk.tokenService.found = async () => held(aToken(dana));
      desk.tokenService.redeemed = async () => held(aToken(dana));
      const first = await desk.click('showHistory', list);
      assert.equal(first.body?.type, 'application/vnd.microsoft.activity.loginRequest');
      assert.ok(!JSON.stringify(first.body).includes('tokenExchangeResource'));
      const second = await desk.click('showHistory', list, { value: { state: '123456' } });
      assert.match(JSON.stringify(second.body), /new sign-in has not helped.*AADSTS53003/);
    });

    it('without a sign-in is a login request first, and a sign-in in 1:1 when the client dropped that', async () => {
      const changes = { replyToId: 'card-1' };
      const first = await desk.click('showHistory', list, { changes });
      assert.equal(first.body?.type, 'application/vnd.microsoft.activity.loginRequest');
      const offers: string[] = [];
      const offering = new Desk({
        exchanges: { firstTime: async () => false },
        adapter: {
          speak: async (where) => {
            offers.push(where.conversation);
            throw new Error('the 1:1 chat is reached; what is said there is the stories’ matter');
          },
        },
        conversations: {
          ...desk.ports.conversations,
          find: async (conversation) => ({
            ...{ conversation, kind: 'personal', tenant: dana.tenant },
            serviceUrl: anActivity().serviceUrl,
          }),
        },
      });
      await offering.click('showHistory', list, { changes });
      assert.deepEqual(offers, ['a:1']);
    });

    it('of a sign-in that the client brings goes on with what was wanted', async () => {
      desk.defender.devicesNamed = async () => ({ ok: true, value: [aDevice()] });
      desk.defender.actionsOnDevice = async () => ({ ok: true, value: [running] });
      desk.tokenService.exchanged = async () => {
        signIn();
        return held(aToken(dana));
      };
      const value = { authentication: { token: aToken(dana) } };
      const { body } = await desk.click('showStatus', list, { value });
      assert.match(JSON.stringify(body), /In progress/);
    });
  });
});
