import assert from 'node:assert/strict';
import sinon from 'sinon';
import type { CardVerb } from '../../../cards/action.ts';
import { cardsIn } from '../../../cards/context.ts';
import { requestCard } from '../../../cards/request-card.ts';
import type { MachineActionId } from '../../../src/domain/ids.ts';
import type { Request } from '../../../src/domain/request.ts';
import { type DefenderToken, Secret } from '../../../src/domain/secret.ts';
import type { Defender } from '../../../src/ports.ts';
import { anAction, anEarlier } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice, anOffer, fullDetails } from '../../build/device.ts';
import { collectionId, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import {
  aCancelled,
  aConfirmed,
  aDenied,
  aDone,
  anAwaiting,
  anExpired,
  aProposal,
  aProposalAt,
} from '../../build/request.ts';
import { anActivity } from './activities.ts';
import { aToken, Desk, held } from './desk.ts';

/** What each verb carries besides request and revision: a verb that is missing here does not compile. */
const extras: Readonly<Record<CardVerb, object>> = {
  signIn: {},
  collect: {},
  cancel: {},
  edit: {},
  saveReason: { reason: 'another reason' },
  askDevice: {},
  chooseDevice: { device: deviceId() },
  approve: {},
  askDeny: {},
  deny: { reason: 'no alert on this device' },
  showCard: {},
  refresh: {},
  keepFollowing: {},
  askCancelCollection: {},
  cancelCollection: { reason: 'not needed' },
  downloadLink: { collection: collectionId() },
  earlierLink: { action: anEarlier().id },
  tryAgain: {},
  askDownload: {},
  downloadPicked: { picked: collectionId() },
  retryFailed: {},
};
const verbs = Object.keys(extras).filter((verb): verb is CardVerb => verb in extras);
const dataOf = (verb: CardVerb, revision = 1) => ({ request: requestId(), revision, ...extras[verb] });
const ofRequester: readonly CardVerb[] = ['collect', 'cancel', 'edit', 'saveReason', 'askDevice', 'chooseDevice'];

/** A confirm card that shows an earlier package. */
const recent = aProposalAt({ step: 'found', device: aDevice(), earlier: [anEarlier()] });
const asOmar = { from: { id: omar.chatUserId, name: omar.name, aadObjectId: omar.oid } };
const states = {
  proposed: aProposal(),
  confirmed: aConfirmed({ collections: [aCollection.running()] }),
  done: aDone(),
  cancelled: aCancelled(),
  expired: anExpired(),
  awaitingApproval: anAwaiting(),
  denied: aDenied(),
} satisfies Record<Request['state'], Request>;

describe('a click on a card', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = new Desk();
    desk.tokenService.found = async () => held(aToken(dana));
  });
  const stored = () => desk.memory.requests.find(requestId());

  const elsewhere: Readonly<Record<string, { readonly changes: object; readonly says: RegExp; readonly desk?: Desk }>> =
    {
      'by somebody of another tenant': {
        changes: { channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } },
        says: /guest, or belongs to another organisation/,
      },
      'in another conversation': {
        changes: { conversation: { ...anActivity().conversation, id: '19:other@thread.tacv2' } },
        says: /no longer known/,
      },
      'where the bot does not serve': {
        changes: {},
        says: /do not serve in this conversation/,
        desk: new Desk({ allowedConversations: ['19:elsewhere@thread.tacv2'] }),
      },
    };
  for (const verb of verbs) {
    for (const [name, row] of Object.entries(elsewhere)) {
      it(`on ${verb} ${name} is answered to that person alone, changes nothing, and asks nobody`, async () => {
        desk = row.desk ?? desk;
        await desk.keep(aProposal());
        const answer = await desk.click(verb, dataOf(verb), { changes: row.changes });
        assert.equal(answer.body?.type, 'application/vnd.microsoft.activity.message');
        assert.match(String(answer.body?.value), row.says);
        assert.deepEqual(await stored(), aProposal());
        assert.deepEqual(desk.tokenService.calls, []);
      });
    }

    it(`on ${verb} of a request that nobody knows says so`, async () => {
      const answer = await desk.click(verb, dataOf(verb));
      assert.match(String(answer.body?.value), /no longer known/);
      assert.deepEqual(desk.tokenService.calls, []);
    });

    const forged: readonly unknown[] = [undefined, null, 7, 'text', [], {}, { request: requestId() }];
    const wrong = [
      { request: 7 },
      { request: 'a' },
      { revision: '1' },
      { revision: -1 },
      { revision: 1.5 },
      { revision: null },
    ];
    it(`on ${verb} with forged data is not read, and changes nothing`, async () => {
      await desk.keep(aProposal());
      for (const data of [...forged, ...wrong.map((change) => ({ ...dataOf(verb), ...change }))]) {
        const answer = await desk.click(verb, data);
        assert.match(String(answer.body?.value), /could not read that click/);
      }
      assert.deepEqual(await stored(), aProposal());
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it(`on ${verb}, delivered again as it was, changes no more than the first time`, async () => {
      for (const [state, request] of Object.entries(states)) {
        desk = new Desk();
        desk.tokenService.found = async () => held(aToken(dana));
        desk.defender.action = async () => ({ ok: true, value: anAction() });
        desk.defender.cancel = async () => ({ ok: true, value: anAction() });
        desk.defender.device = async () => ({ ok: true, value: aDevice() });
        desk.defender.packageLink = async () => ({
          ok: true,
          value: new Secret('packageLink', 'https://package.example'),
        });
        await desk.keep(request);
        const click = () => desk.click(verb, dataOf(verb, request.revision));
        await click();
        const once = { requests: await desk.memory.requests.newestOf(dana.oid, 9), jobs: [...desk.memory.queued] };
        assert.equal((await click()).status, 200);
        const twice = { requests: await desk.memory.requests.newestOf(dana.oid, 9), jobs: [...desk.memory.queued] };
        assert.deepEqual(twice, once, state);
      }
    });

    for (const [state, request] of Object.entries(states)) {
      it(`on ${verb} by somebody without a sign-in, at a request that is ${state}, starts nothing at Defender`, async () => {
        desk.tokenService.found = async () => ({ kind: 'none' });
        await desk.keep(request);
        const answer = await desk.click(verb, dataOf(verb, request.revision), { changes: asOmar });
        assert.equal(answer.status, 200);
        assert.ok([200, 401].includes(answer.body?.statusCode ?? 0));
        assert.deepEqual(await stored(), request);
        assert.deepEqual(
          desk.log.lines.filter(({ level }) => level === 'error'),
          [],
        );
      });
    }
  }

  for (const verb of ofRequester) {
    it(`on ${verb} by somebody else is refused before anybody is asked to sign in`, async () => {
      await desk.keep(aProposal());
      const answer = await desk.click(verb, dataOf(verb), { changes: asOmar });
      assert.match(String(answer.body?.value), /only \*\*Dana Reyes\*\* can do that/);
      assert.deepEqual(await stored(), aProposal());
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it(`on ${verb} of an older card changes nothing and shows the current one`, async () => {
      await desk.keep(aProposal({ revision: 4 }));
      const answer = await desk.click(verb, dataOf(verb, 3));
      assert.equal(answer.body?.type, 'application/vnd.microsoft.card.adaptive');
      assert.deepEqual(await stored(), aProposal({ revision: 4 }));
    });

    for (const request of [states.done, states.cancelled, states.denied, states.expired]) {
      it(`on ${verb} of a request that is ${request.state} changes nothing`, async () => {
        await desk.keep(request);
        const answer = await desk.click(verb, dataOf(verb, request.revision));
        assert.match(String(answer.body?.value), /not possible now/);
        assert.deepEqual(await stored(), request);
      });
    }
  }

  it('on an unknown verb is not read', async () => {
    await desk.keep(aProposal());
    for (const verb of [undefined, null, 7, '', 'approved', 'Collect', '__proto__', 'constructor', ['collect']]) {
      const answer = await desk.click(verb, dataOf('collect'));
      assert.match(String(answer.body?.value), /could not read that click/);
    }
  });

  it('that is none at all is a bad request', async () => {
    for (const value of [undefined, null, 7, {}, { action: null }, { action: {}, authentication: { token: 7 } }]) {
      const answer = await desk.invoke('adaptiveCard/action', value);
      assert.equal(answer.body?.statusCode, 400);
    }
  });

  describe('on the card of a proposal', () => {
    const running = aProposalAt({
      ...{ step: 'found', device: aDevice({ details: fullDetails }) },
      earlier: [anEarlier({ status: 'Pending' }), anEarlier()],
    });
    const choosing = aProposalAt({ step: 'choosing', ...anOffer() });
    const shownBy = (answer: Awaited<ReturnType<Desk['click']>>) => JSON.stringify(answer.body?.value);

    for (const request of [running, choosing]) {
      const { step } = request.devices[0]?.sighting ?? {};
      it(`shows its requester their own view, and others the shared one (${step})`, async () => {
        await desk.keep(request);
        const own = shownBy(await desk.click('showCard', dataOf('showCard')));
        const others = shownBy(await desk.click('showCard', dataOf('showCard'), { changes: asOmar }));
        assert.match(own, /Only you can see this view/);
        assert.match(own, /Workstations/);
        assert.equal(others, JSON.stringify(requestCard(request, cardsIn('en', desk.ports.cards))));
      });
    }

    for (const verb of ['saveReason', 'signIn', 'askDevice'] as const) {
      it(`answers ${verb} of the requester with their own view`, async () => {
        await desk.keep(running);
        assert.match(shownBy(await desk.click(verb, dataOf(verb))), /Only you can see this view/);
      });

      it(`never answers ${verb} of somebody else with it`, async () => {
        await desk.keep(running);
        desk.tokenService.found = async () => held(aToken(omar));
        const answer = shownBy(await desk.click(verb, dataOf(verb), { changes: asOmar }));
        assert.ok(!/Only you can see|Workstations|omar\.haddad/.test(answer), answer);
      });
    }

    it('takes the requester’s choice, and looks that device up', async () => {
      await desk.keep(choosing);
      await desk.click('chooseDevice', { ...dataOf('chooseDevice'), device: deviceId(2).toUpperCase() });
      const request = await stored();
      assert.deepEqual(request?.state === 'proposed' && request.devices, [
        { query: { by: 'id', id: deviceId(2) }, sighting: { step: 'looking' } },
      ]);
      assert.equal(desk.memory.queued.filter(({ queue }) => queue === 'lookUp').length, 1);
    });

    it('takes no device that was not offered, and none that is no device id', async () => {
      await desk.keep(choosing);
      const other = await desk.click('chooseDevice', { ...dataOf('chooseDevice'), device: deviceId(3) });
      assert.match(String(other.body?.value), /not possible now/);
      for (const device of [undefined, '', 'ws-twin', 7, `${deviceId()}0`]) {
        const answer = await desk.click('chooseDevice', { ...dataOf('chooseDevice'), device });
        assert.match(String(answer.body?.value), /could not read that click/);
      }
      assert.deepEqual(await stored(), choosing);
    });

    it('takes no choice of somebody else', async () => {
      await desk.keep(choosing);
      const answer = await desk.click('chooseDevice', dataOf('chooseDevice'), { changes: asOmar });
      assert.match(String(answer.body?.value), /only \*\*Dana Reyes\*\* can do that/);
      assert.deepEqual(await stored(), choosing);
    });

    it('gives the requester the link to a package that the card shows, and keeps it nowhere', async () => {
      const packageLink = sinon
        .stub<[DefenderToken, MachineActionId], ReturnType<Defender['packageLink']>>()
        .resolves({ ok: true, value: new Secret('packageLink', 'https://package.example/link-marker') });
      desk = new Desk({ defender: { ...desk.defender, packageLink } });
      desk.tokenService.found = async () => held(aToken(dana));
      await desk.keep(running);
      const answer = await desk.click('earlierLink', { ...dataOf('earlierLink'), action: anEarlier().id });
      assert.match(shownBy(answer), /link-marker/);
      assert.deepEqual(await stored(), running);
      assert.ok(!JSON.stringify(desk.log.lines).includes('link-marker'));
    });

    it('gives nobody else that link, and asks Defender nothing', async () => {
      await desk.keep(running);
      const data = { ...dataOf('earlierLink'), action: anEarlier().id };
      const answer = await desk.click('earlierLink', data, { changes: asOmar });
      assert.match(String(answer.body?.value), /only \*\*Dana Reyes\*\* can do that/);
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it('gives no link to a package that the card does not show', async () => {
      await desk.keep(running);
      const answer = await desk.click('earlierLink', { ...dataOf('earlierLink'), action: machineActionId(99) });
      assert.match(String(answer.body?.value), /not possible now/);
    });

    it('withdraws a delayed collection by its Cancel', async () => {
      const delayed = aConfirmed({ collections: [aCollection.queued({ delayedBy: { kind: 'defenderUnavailable' } })] });
      await desk.keep(delayed);
      await desk.click('cancel', dataOf('cancel', delayed.revision));
      const request = await stored();
      assert.deepEqual(request?.state === 'done' && request.collections.map(({ state }) => state), ['withdrawn']);
    });
  });

  it('on Collect confirms, without waiting for Entra', async () => {
    const onBehalfOf = { exchange: sinon.stub().rejects(new Error('Entra was asked')) };
    desk = new Desk({ onBehalfOf });
    desk.tokenService.found = async () => held(aToken(dana));
    await desk.keep(aProposal());
    await desk.click('collect', dataOf('collect'));
    assert.equal((await stored())?.state, 'confirmed');
    sinon.assert.notCalled(onBehalfOf.exchange);
  });

  it('on Collect twice at once confirms once', async () => {
    await desk.keep(aProposal());
    await Promise.all([
      desk.click('collect', dataOf('collect')),
      new Desk(desk.ports).click('collect', dataOf('collect')),
    ]);
    assert.equal(desk.memory.queued.filter(({ queue }) => queue === 'submit').length, 1);
  });

  it('on Collect without a sign-in gets a login request, and an expired sign-in is none', async () => {
    for (const found of [async () => ({ kind: 'none' }) as const, async () => held(aToken(dana, { exp: 1 }))]) {
      desk = new Desk();
      desk.tokenService.found = found;
      await desk.keep(aProposal());
      const answer = await desk.click('collect', dataOf('collect'));
      assert.equal(answer.status, 200);
      assert.deepEqual(
        [answer.body?.statusCode, answer.body?.type],
        [401, 'application/vnd.microsoft.activity.loginRequest'],
      );
      assert.equal((await stored())?.state, 'proposed');
    }
  });

  it('on Try again makes one new request, and none while the first one goes on', async () => {
    await desk.keep(states.confirmed);
    const early = await desk.click('tryAgain', dataOf('tryAgain', 2));
    assert.match(String(early.body?.value), /not possible now/);
    await desk.keep(aDone({ id: requestId(2) }));
    await desk.click('tryAgain', { ...dataOf('tryAgain', 5), request: requestId(2) });
    await desk.click('tryAgain', { ...dataOf('tryAgain', 5), request: requestId(2) });
    const mine = await desk.memory.requests.newestOf(dana.oid, 10);
    assert.equal(mine.filter(({ state }) => state === 'proposed').length, 1);
  });

  describe('that brings a sign-in', () => {
    const bring = (token: string) =>
      desk.click('signIn', dataOf('signIn'), { value: { authentication: { id: 'x', connectionName: 'c', token } } });

    const others: Readonly<Record<string, string>> = {
      'of another person': aToken(omar),
      'of another tenant': aToken(dana, { tid: 'c0ffee00-2222-4222-8222-000000000002' }),
      'for another app': aToken(dana, { aud: 'api://another' }),
    };
    for (const [name, token] of Object.entries(others)) {
      it(`${name} is refused, and never sent to the Token Service`, async () => {
        await desk.keep(aProposal());
        const answer = await bring(token);
        assert.match(String(answer.body?.value), /Somebody else’s account/);
        assert.deepEqual(desk.tokenService.calls, []);
        assert.ok(!JSON.stringify(desk.log.lines).includes(token));
      });
    }

    it('that is no token, or an old one, lets the client show its button', async () => {
      await desk.keep(aProposal());
      for (const token of ['garbage', 'a.b.c', aToken(dana, { exp: 1 })]) {
        const answer = await bring(token);
        assert.deepEqual(
          [answer.body?.statusCode, answer.body?.type],
          [412, 'application/vnd.microsoft.error.preconditionFailed'],
        );
      }
      assert.deepEqual(desk.tokenService.calls, []);
    });

    it('that turns out to be another’s is signed out again, also when that fails', async () => {
      desk.tokenService.redeemed = async () => held(aToken(omar));
      desk.tokenService.signedOut = () => Promise.reject(new Error('503'));
      await desk.keep(aProposal());
      const answer = await desk.click('signIn', dataOf('signIn'), { value: { state: '123456' } });
      assert.match(String(answer.body?.value), /Somebody else’s account/);
      assert.deepEqual(desk.tokenService.calls, ['redeem', 'signOut']);
    });

    it('by a wrong code is refused as a wrong code', async () => {
      desk.tokenService.redeemed = async () => ({ kind: 'none' });
      await desk.keep(aProposal());
      const answer = await desk.click('signIn', dataOf('signIn'), { value: { state: '000000' } });
      assert.equal(answer.body?.type, 'application/vnd.microsoft.error.incorrectAuthCode');
    });

    it('that somebody cancelled says what to do next', async () => {
      await desk.keep(aProposal());
      const answer = await desk.click('signIn', dataOf('signIn'), { value: { state: 'CancelledByUser' } });
      assert.match(String(answer.body?.value), /cancelled the sign-in/);
      assert.deepEqual(desk.tokenService.calls, []);
    });
  });

  describe('while a service hangs', () => {
    let clock: sinon.SinonFakeTimers;
    beforeEach(() => {
      clock = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    });
    afterEach(() => clock.restore());
    const never = () => new Promise<never>(() => undefined);

    /** The answer of a click that has to be there after 3 s. */
    async function within3s(click: () => ReturnType<Desk['click']>): Promise<string> {
      const answer = click();
      await clock.tickAsync(3_000);
      let isThere = false;
      void answer.then(() => {
        isThere = true;
      });
      await clock.tickAsync(0);
      assert.ok(isThere, 'the invoke is not answered after 3 s');
      return String((await answer).body?.value);
    }

    for (const verb of ['signIn', 'collect', 'keepFollowing'] as const) {
      it(`${verb} is answered within 3 s when the Token Service hangs, and nothing is confirmed`, async () => {
        desk.tokenService.found = never;
        const request = verb === 'keepFollowing' ? states.confirmed : states.proposed;
        await desk.keep(request);
        assert.match(
          await within3s(() => desk.click(verb, dataOf(verb, request.revision))),
          /sign-in service did not answer/,
        );
        assert.deepEqual(await stored(), request);
      });
    }

    it('Collect is answered within 3 s when the Token Service takes its time twice', async () => {
      desk.tokenService.found = async () => {
        await clock.tickAsync(0);
        return await new Promise((resolve) => setTimeout(() => resolve({ kind: 'none' }), 2_000));
      };
      desk.tokenService.resource = never;
      await desk.keep(aProposal());
      assert.match(await within3s(() => desk.click('collect', dataOf('collect'))), /sign-in service did not answer/);
    });

    it('a brought token or code is answered within 3 s', async () => {
      desk.tokenService.exchanged = never;
      desk.tokenService.redeemed = never;
      await desk.keep(aProposal());
      for (const value of [{ authentication: { token: aToken(dana) } }, { state: '123456' }]) {
        assert.match(
          await within3s(() => desk.click('signIn', dataOf('signIn'), { value })),
          /sign-in service did not answer/,
        );
      }
    });

    for (const { verb, call, request, says } of [
      { verb: 'refresh', call: 'action', request: states.confirmed, says: /still waiting/ },
      { verb: 'cancelCollection', call: 'cancel', request: states.confirmed, says: /still waiting/ },
      { verb: 'downloadLink', call: 'packageLink', request: states.done, says: /no link yet/ },
      { verb: 'earlierLink', call: 'packageLink', request: recent, says: /no link yet/ },
    ] as const) {
      it(`${verb} is answered within 3 s when Defender hangs, and the work goes on`, async () => {
        desk = new Desk({ defender: { ...desk.defender, [call]: never } });
        desk.tokenService.found = async () => held(aToken(dana));
        await desk.keep(request);
        assert.match(await within3s(() => desk.click(verb, dataOf(verb, request.revision))), says);
      });
    }

    it('any click is answered within 5 s when the store hangs', async () => {
      desk = new Desk({ store: { ...desk.memory.requests, find: never } });
      const answer = desk.click('collect', dataOf('collect'));
      await clock.tickAsync(5_000);
      assert.match(String((await answer).body?.value), /went wrong on my side/);
    });
  });
});
