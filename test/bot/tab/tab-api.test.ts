import assert from 'node:assert/strict';
import { cardAnswer, listAnswer } from '../../../bot/tab/wire.ts';
import { hour, minute } from '../../../src/domain/instant.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { anAction } from '../../build/action.ts';
import { aCollection } from '../../build/collection.ts';
import { aDevice } from '../../build/device.ts';
import { collectionId, deviceId, machineActionId, requestId } from '../../build/ids.ts';
import { after as moment } from '../../build/moment.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aDone, anAwaiting, aProposal } from '../../build/request.ts';
import { held } from '../teams/desk.ts';
import { TabDesk, tabToken } from './tab-desk.ts';

const mine = anAction();
const hidden = {
  device: aDevice({ id: deviceId(9), name: 'ceo.corp.example' }),
  action: anAction({ id: machineActionId(9) }),
};

describe('the tab’s API', () => {
  let desk: TabDesk;
  let url: string;
  beforeEach(async () => {
    desk = new TabDesk();
    desk.show([mine]);
    url = await desk.open();
  });
  afterEach(() => desk.close());

  async function ask(path: string, { as = dana, body }: { as?: typeof dana; body?: object } = {}) {
    const authorization = `Bearer ${await tabToken(as)}`;
    if (body === undefined) return await fetch(`${url}/tab/api/${path}`, { headers: { authorization } });
    const headers = { authorization, 'content-type': 'application/json' };
    return await fetch(`${url}/tab/api/${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  }
  async function list(query = 'from=0', as = dana) {
    return listAnswer.parse(await (await ask(`collections?${query}`, { as })).json());
  }
  async function opened(id: string, as = dana) {
    return cardAnswer.parse(await (await ask(`cards/${id}`, { as })).json());
  }
  async function press(verb: string, data: object = {}, as = dana) {
    const body = { verb, data: { request: requestId(), revision: 2, ...data } };
    return cardAnswer.parse(await (await ask('pressed', { as, body })).json());
  }
  const titles = (answer: unknown) => [...JSON.stringify(answer).matchAll(/"verb":"(\w+)"/g)].map(([, verb]) => verb);

  it('joins what Defender shows with what was asked through the bot, and with what was not sent yet', async () => {
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    await desk.keep(aProposal({ id: requestId(2), askedAt: moment(minute) }));
    const { rows } = await list();
    assert.deepEqual(
      rows.map(({ opens, status, who }) => [opens, status.word, who]),
      [
        [`request-${requestId()}`, 'Pending', dana.name],
        [`request-${requestId(2)}`, 'Waiting for confirmation', dana.name],
      ],
    );
    // Somebody else sees the action, and nothing of what only its requester may see.
    assert.deepEqual(
      (await list('from=0', omar)).rows.map(({ opens }) => opens),
      [`request-${requestId()}`],
    );
  });

  it('answers in the language that the page asks for: rows, cards, what they say, and refusals', async () => {
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    const headers = { authorization: `Bearer ${await tabToken(dana)}`, 'accept-language': 'de' };
    const inGerman = async (path: string) => await (await fetch(`${url}/tab/api/${path}`, { headers })).json();
    const { rows } = listAnswer.parse(await inGerman('collections?from=0'));
    assert.deepEqual(
      rows.map(({ status }) => status.word),
      ['Ausstehend'],
    );
    assert.match(JSON.stringify(await inGerman(`cards/request-${requestId()}`)), /"title":"Aktualisieren"/);
    assert.match(JSON.stringify(await inGerman(`cards/request-${requestId(9)}`)), /Defender zeigt Ihnen keine/);
    const authorization = `Bearer ${await tabToken(dana, { claims: { acct: 1 } })}`;
    const guest = await fetch(`${url}/tab/api/collections?from=0`, { headers: { ...headers, authorization } });
    assert.match(await guest.text(), /Dieses Konto ist ein Gastkonto/);
  });

  it('is filtered on the server, by each filter and by all together', async () => {
    const old = anAction({
      id: machineActionId(2),
      status: 'Failed',
      deviceName: 'srv-1',
      createdAt: moment(-9 * hour),
    });
    desk.show([{ ...mine, deviceName: 'lap-0042' }, old]);
    for (const [query, count] of [
      ['from=0', 2],
      ['from=0&stage=open', 1],
      ['from=0&stage=failed', 1],
      ['from=0&stage=stopped', 0],
      ['from=0&device=LAP', 1],
      [`from=0&device=${deviceId()}`, 2],
      ['from=0&person=dana.reyes', 2],
      ['from=0&person=nobody', 0],
      [`from=${moment(0)}`, 1],
      [`from=0&to=${moment(0)}`, 1],
      [`from=0&to=${moment(0)}&device=lap`, 0],
    ] as const) {
      assert.equal((await list(query)).rows.length, count, query);
    }
    assert.equal(desk.lists, 1);
  });

  it('asks Defender less often for a page that keeps itself up to date, and what the bot knows each time', async () => {
    await list();
    desk.now += 2 * minute;
    await desk.keep(aProposal({ id: requestId(2) }));
    assert.equal((await list('from=0&unasked=yes')).rows.length, 2);
    assert.equal(desk.lists, 1);
    await list();
    assert.equal(desk.lists, 2);
  });

  it('refuses filters that it cannot read, and shows nothing then', async () => {
    for (const query of [
      '',
      'from=',
      'from=x',
      'from=-1',
      'from=9e99',
      'from=0&stage=any',
      `from=0&device=${'x'.repeat(301)}`,
    ]) {
      const { status } = await ask(`collections?${query}`);
      assert.equal(status, query === 'from=' ? 200 : 400, query);
    }
  });

  it('opens the same card as in the chat, without a link to itself, and without what works in the chat only', async () => {
    await desk.keep(anAwaiting());
    const answer = await opened(`request-${requestId()}`);
    assert.ok(answer.kind === 'card');
    assert.deepEqual(titles(answer), ['cancel']);
    assert.ok(!('refresh' in answer.card));
    await desk.keep(aConfirmed({ id: requestId(2), collections: [aCollection.running()] }));
    const running = JSON.stringify(await opened(`request-${requestId(2)}`));
    assert.match(running, /lap-0042/);
    assert.ok(!running.includes('subEntityId'));
  });

  it('shows nobody else a request of which Defender shows them not every device', async () => {
    const collections = [aCollection.running(), aCollection.running({ id: collectionId(9), ...hidden })];
    await desk.keep(aConfirmed({ collections }));
    desk.defender.action = async () => ({
      ok: false,
      failure: { kind: 'answered', status: 404, code: '', message: '' },
    });
    const [row] = (await list('from=0', omar)).rows;
    assert.equal(row?.opens, `action-${mine.id}`);
    for (const answer of [
      await opened(`request-${requestId()}`, omar),
      await press('refresh', {}, omar),
      await press('downloadLink', { collection: collectionId() }, omar),
      await press('showCard', {}, omar),
    ]) {
      assert.equal(answer.kind, 'text');
      assert.ok(!JSON.stringify(answer).includes('ceo'));
    }
    assert.ok((await opened(`request-${requestId()}`)).kind === 'card', 'the requester has seen them all');
  });

  it('shows nobody else a request that has no action yet', async () => {
    await desk.keep(aProposal());
    assert.equal((await opened(`request-${requestId()}`, omar)).kind, 'text');
  });

  it('refreshes and hands out a link with the token of whoever presses', async () => {
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    await list('from=0', omar);
    const ended = { ...mine, status: 'Succeeded', updatedAt: moment(4 * minute) } as const;
    desk.defender.action = async () => ({ ok: true, value: ended });
    const refreshed = await press('refresh', {}, omar);
    assert.ok(titles(refreshed).includes('downloadLink'));
    assert.ok(!titles(refreshed).includes('tryAgain'));
    desk.defender.packageLink = async () => ({
      ok: true,
      value: new Secret('packageLink', 'https://blob.example/p?sig=1'),
    });
    const linked = await press('downloadLink', { collection: collectionId() }, omar);
    assert.match(JSON.stringify(linked), /blob\.example/);
    assert.deepEqual(
      desk.memory.audited.filter(({ kind }) => kind === 'linkFetched').map(({ by }) => by?.oid),
      [omar.oid],
    );
    // Nobody asked the Token Service: the page's own token was enough.
    assert.deepEqual(desk.tokenService.calls, []);
  });

  it('lets the requester alone do what is posted in the conversation', async () => {
    await desk.keep(aDone());
    desk.show([mine]);
    await list('from=0', omar);
    assert.match(JSON.stringify(await press('tryAgain', {}, omar)), /conversation only/);
    await press('tryAgain');
    assert.equal((await desk.memory.requests.newestOf(dana.oid, 9)).length, 2);
  });

  it('lets nobody approve from outside the conversation where it was asked', async () => {
    await desk.keep(anAwaiting());
    for (const verb of ['approve', 'askDeny', 'deny']) {
      const answer = await press(verb, { reason: 'because I can' });
      assert.match(JSON.stringify(answer), /conversation only/, verb);
    }
    assert.equal((await desk.memory.requests.find(requestId()))?.state, 'awaitingApproval');
  });

  it('judges revision and state as in the chat: an older card gets the current one', async () => {
    await desk.keep(aProposal({ revision: 5 }));
    const answer = await press('cancel', { revision: 2 });
    assert.ok(answer.kind === 'card');
    assert.equal((await desk.memory.requests.find(requestId()))?.state, 'proposed');
    await press('cancel', { revision: 5 });
    assert.equal((await desk.memory.requests.find(requestId()))?.state, 'cancelled');
  });

  it('signs in at the Token Service with the page’s token where work goes on without the page, and then does it', async () => {
    await desk.keep(aProposal());
    const token = await tabToken(dana);
    let isHeld = false;
    desk.tokenService.found = async () => (isHeld ? held(token) : { kind: 'none' });
    desk.tokenService.exchanged = async () => {
      isHeld = true;
      return held(token);
    };
    await press('collect', { revision: 1 });
    assert.deepEqual(desk.tokenService.calls, ['find', 'exchange', 'find']);
    assert.equal((await desk.memory.requests.find(requestId()))?.state, 'confirmed');
  });

  it('sends whoever has to prove more to the chat, and does nothing', async () => {
    await desk.keep(aProposal());
    desk.tokenService.exchanged = async () => ({ kind: 'none' });
    assert.match(JSON.stringify(await press('collect', { revision: 1 })), /1:1 chat/);
    assert.equal((await desk.memory.requests.find(requestId()))?.state, 'proposed');
  });

  it('shows what was known last where Defender cannot be asked, and asks anew the next time', async () => {
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    desk.defender.actionsSince = async () => {
      desk.lists += 1;
      return { ok: false, failure: { kind: 'answered', status: 503, code: '', message: '' } };
    };
    const { rows, note } = await list();
    assert.equal(rows.length, 1);
    assert.match(note ?? '', /what I knew last/);
    await list();
    assert.equal(desk.lists, 2);
  });

  it('answers what is no button of ours politely, and what is no JSON not at all', async () => {
    assert.equal((await press('format', { disk: 'c' })).kind, 'text');
    assert.equal((await press('refresh', { request: requestId(77) })).kind, 'text');
    assert.equal((await ask('pressed', { body: [] })).status, 400);
    assert.equal((await ask('pressed', { body: { verb: 'refresh', data: 'x' } })).status, 400);
    const deep = { verb: 'x', data: { a: [[[[[[[[1]]]]]]]] } };
    assert.equal((await ask('pressed', { body: deep })).status, 400);
    assert.equal((await opened('request-none')).kind, 'text');
  });

  it('turns away whoever asks far too often', async () => {
    desk.close();
    const knock = async () => ({ kind: 'turnedAway', whose: 'person', retryAfterMs: 9_000, isNews: true }) as const;
    url = await desk.open(undefined, { flood: { knock } });
    const answer = await ask('collections?from=0');
    assert.equal(answer.status, 429);
    assert.match(await answer.text(), /more than I can take/);
  });
});
