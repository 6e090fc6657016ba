import assert from 'node:assert/strict';
import type { Device } from '../../../src/domain/device.ts';
import type { Request } from '../../../src/domain/request.ts';
import { twoPersonApproval } from '../../build/approval.ts';
import { aDevice } from '../../build/device.ts';
import { conversationId, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { anApprovalPlace, anAwaiting, aPlace, aProposal, aQuestion } from '../../build/request.ts';
import { anActivity } from './activities.ts';
import { aToken, Desk, held } from './desk.ts';

const role = 'Collection.Approve';
const approval = twoPersonApproval({ role, conversation: anApprovalPlace().conversation });
const asOmar = { from: { id: omar.chatUserId, name: omar.name, aadObjectId: omar.oid } };
const { conversation: here } = anActivity();
const inApprovals = { ...asOmar, conversation: { ...here, id: anApprovalPlace().conversation } };
const in1to1 = { conversation: { id: 'a:1to1', conversationType: 'personal', tenantId: here.tenantId } };
const place = aPlace({ kind: 'personal', conversation: conversationId('a:1to1') });
const fromPersonal = anAwaiting({ place, question: aQuestion({ askedIn: anApprovalPlace() }) });
const data = (more: object = {}) => ({ request: requestId(), revision: 1, ...more });

describe('a click of somebody who may approve', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk({ approval });
    desk.tokenService.found = async () =>
      held(aToken(omar, { roles: [role], preferred_username: 'omar@corp.example' }));
    desk.defender.device = async () => ({ ok: true, value: aDevice() });
  });
  const stored = () => desk.memory.requests.find(requestId());
  const says = async (verb: string, request: Request, more: object = {}, changes: object = asOmar) => {
    await desk.keep(request);
    return String((await desk.click(verb, data(more), { changes })).body?.value);
  };

  it('on Approve releases the request, and shows the card', async () => {
    await desk.keep(anAwaiting());
    const answer = await desk.click('approve', data(), { changes: asOmar });
    assert.equal(answer.body?.type, 'application/vnd.microsoft.card.adaptive');
    assert.equal((await stored())?.state, 'confirmed');
  });

  it('on Deny asks for a reason first, and then denies', async () => {
    await desk.keep(anAwaiting());
    const form = JSON.stringify((await desk.click('askDeny', data(), { changes: asOmar })).body?.value);
    assert.match(form, /Why it is denied/);
    assert.deepEqual(await stored(), anAwaiting());
    await desk.click('deny', data({ reason: 'no alert' }), { changes: asOmar });
    assert.equal((await stored())?.state, 'denied');
  });

  it('on Deny without a reason changes nothing', async () => {
    assert.match(await says('deny', anAwaiting(), { reason: '  ' }), /reason is empty/);
    assert.deepEqual(await stored(), anAwaiting());
  });

  for (const [verb, more] of [
    ['approve', {}],
    ['deny', { reason: 'no alert' }],
  ] as const) {
    describe(`(${verb}) changes nothing, and says why to them alone`, () => {
      afterEach(async () => assert.deepEqual(await stored(), anAwaiting()));

      it('if their sign-in lacks the role', async () => {
        desk.tokenService.found = async () => held(aToken(omar));
        assert.match(await says(verb, anAwaiting(), more), /you need the app role \*\*Collection/);
      });

      it('if Defender does not show them the device', async () => {
        const failure = { kind: 'answered', status: 404, code: 'ResourceNotFound', message: '' } as const;
        desk.defender.device = async () => ({ ok: false, failure });
        assert.match(await says(verb, anAwaiting(), more), /does not show you \*\*lap-0042/);
      });

      it('if it is their own request, before they are asked to sign in', async () => {
        assert.match(await says(verb, anAwaiting(), more, {}), /somebody else has to decide/);
        assert.deepEqual(desk.tokenService.calls, []);
      });

      it('if they are not signed in: they are asked to', async () => {
        desk.tokenService.found = async () => ({ kind: 'none' });
        await desk.keep(anAwaiting());
        const answer = await desk.click(verb, data(more), { changes: asOmar });
        assert.equal(answer.body?.statusCode, 401);
      });
    });
  }

  it('is kept in the audit when it is refused', async () => {
    desk.tokenService.found = async () => held(aToken(omar));
    await says('approve', anAwaiting());
    assert.match(JSON.stringify(desk.memory.audited), /roleMissing/);
  });

  it('waits no longer for Defender than the client does, and counts nevertheless', async () => {
    await desk.keep(anAwaiting());
    let release: (device: Device) => void = () => undefined;
    const slow = new Promise<Device>((resolve) => {
      release = resolve;
    });
    desk.defender.device = async () => ({ ok: true, value: await slow });
    const answer = await desk.click('approve', data(), { changes: asOmar });
    assert.match(String(answer.body?.value), /still waiting/);
    release(aDevice());
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal((await stored())?.state, 'confirmed');
  });

  describe('where approvals of requests from 1:1 are asked', () => {
    it('decides there', async () => {
      await desk.keep(fromPersonal);
      const answer = await desk.click('approve', data(), { changes: inApprovals });
      assert.match(JSON.stringify(answer.body?.value), /Omar Haddad approved it/);
      assert.equal((await stored())?.state, 'confirmed');
    });

    for (const verb of ['cancel', 'signIn', 'refresh', 'tryAgain', 'keepFollowing'] as const) {
      it(`and nothing else: ${verb} is of no card there`, async () => {
        assert.match(await says(verb, fromPersonal, {}, inApprovals), /no longer known/);
        assert.deepEqual(await stored(), fromPersonal);
      });
    }

    it('and nowhere else', async () => {
      const elsewhere = { ...asOmar, conversation: { ...here, id: '19:other@thread.tacv2' } };
      assert.match(await says('approve', fromPersonal, {}, elsewhere), /no longer known/);
    });

    it('is not where other requests are approved', async () => {
      assert.match(await says('approve', anAwaiting(), {}, inApprovals), /no longer known/);
    });
  });
});

describe('a request in 1:1 that somebody else has to approve', () => {
  const signedIn = (desk: Desk) => {
    desk.tokenService.found = async () => held(aToken(dana));
  };

  it('is refused at once where nobody can be asked', async () => {
    const desk = new Desk({ approval: twoPersonApproval() });
    const said = await desk.say(`/collect ${'a'.repeat(40)} why`, in1to1);
    assert.match(said.join(), /Send the same command in a channel or group chat/);
    assert.deepEqual(desk.memory.queued, []);
  });

  it('is taken where it will depend on the device, and Collect says that nobody can be asked', async () => {
    const desk = new Desk({ approval: twoPersonApproval({ policy: { kind: 'twoPersonHighValue', tags: [] } }) });
    signedIn(desk);
    await desk.keep(aProposal({ place }));
    const answer = await desk.click('collect', data(), { changes: in1to1 });
    assert.match(String(answer.body?.value), /in this chat there is nobody else/);
    assert.deepEqual(await desk.memory.requests.find(requestId()), aProposal({ place }));
  });

  it('says whom to tell when the bot cannot write yet where approvals are asked', async () => {
    const desk = new Desk({ approval });
    signedIn(desk);
    await desk.keep(aProposal({ place }));
    const answer = await desk.click('collect', data(), { changes: in1to1 });
    assert.match(String(answer.body?.value), /added there and mentioned once/);
  });
});
