import assert from 'node:assert/strict';
import type { AuditEntry } from '../../../src/domain/audit-entry.ts';
import type { KnockAnswer } from '../../../src/domain/flood.ts';
import { parseCorrelationId } from '../../../src/domain/ids.ts';
import { aCollection } from '../../build/collection.ts';
import { collectionId, known, machineActionId, requestId, tenantId } from '../../build/ids.ts';
import { dana, omar } from '../../build/person.ts';
import { aConfirmed, aDone, aProposal } from '../../build/request.ts';
import { anActivity } from './activities.ts';
import { aToken, Desk, held } from './desk.ts';

const asOmar = { from: { id: omar.chatUserId, name: omar.name, aadObjectId: omar.oid } };
const { id: conversation } = anActivity().conversation;
const correlationId = known(parseCorrelationId('f0000000-0000-4000-8000-000000000001'));
const no = {
  ok: false,
  failure: { kind: 'answered', status: 403, code: 'Forbidden', message: '', correlationId },
} as const;

/** A desk where everybody is signed in, and Defender says no. */
function aDesk(changes: ConstructorParameters<typeof Desk>[0] = {}): Desk {
  const desk = new Desk(changes);
  desk.tokenService.found = async () => held(aToken(dana));
  desk.defender.packageLink = async () => no;
  desk.defender.action = async () => no;
  return desk;
}

/** What the audit has kept of people, without what the requests say. */
function kept({ memory }: Desk): readonly AuditEntry[] {
  return memory.audited.filter(({ kind }) => ['signedIn', 'signedOut', 'personRefused'].includes(kind));
}

function refused(by: typeof dana, wish: string, why: string, about: object = {}): readonly object[] {
  return [{ by, conversation, ...about, kind: 'personRefused', details: { wish, why } }];
}

describe('what the audit keeps of people at the edge', () => {
  it('a click on what only the requester may', async () => {
    const desk = aDesk();
    await desk.keep(aProposal());
    await desk.click('collect', { request: requestId(), revision: 1 }, { changes: asOmar });
    assert.deepEqual(kept(desk), refused(omar, 'collect', 'notForYou', { request: requestId() }));
  });

  it('a click or a message where the bot does not serve', async () => {
    const allowedConversations = ['19:elsewhere@thread.tacv2'];
    const clicked = aDesk({ allowedConversations });
    await clicked.click('refresh', { request: requestId(), revision: 1 });
    assert.deepEqual(kept(clicked), refused(dana, 'refresh', 'notServedHere'));
    const written = aDesk({ allowedConversations });
    await written.say('/help');
    assert.deepEqual(kept(written), refused(dana, 'message', 'notServedHere'));
  });

  it('a flood once, however much follows, and what came long after it was sent', async () => {
    let isNews = true;
    const knock = async (): Promise<KnockAnswer> => ({ kind: 'turnedAway', whose: 'person', retryAfterMs: 1, isNews });
    const flooded = aDesk({ flood: { knock } });
    await flooded.say('/help');
    isNews = false;
    await flooded.say('/help');
    assert.deepEqual(kept(flooded), refused(dana, 'message', 'tooOften'));
    const late = aDesk();
    const timestamp = new Date(late.ports.clock() - 16 * 60_000).toISOString();
    await late.click('refresh', { request: requestId(), revision: 1 }, { changes: { timestamp } });
    assert.deepEqual(kept(late), refused(dana, 'click', 'tooLate'));
  });

  it('nothing of floods and late words of another organisation: strangers are counted, not kept', async () => {
    const knock = async (): Promise<KnockAnswer> => ({
      kind: 'turnedAway',
      whose: 'person',
      retryAfterMs: 1,
      isNews: true,
    });
    const desk = aDesk({ flood: { knock }, app: { ...aDesk().ports.app, tenant: tenantId(9) } });
    await desk.say('/help');
    assert.deepEqual(kept(desk), []);
  });

  it('Defender’s no to a click, with its correlation id and the request', async () => {
    const desk = aDesk();
    await desk.keep(aDone());
    await desk.click('downloadLink', { request: requestId(), revision: 5, collection: collectionId() });
    assert.deepEqual(
      kept(desk),
      refused(dana, 'downloadLink', 'notPermitted', { request: requestId(), correlationId }),
    );
  });

  it('Defender’s no to a command, and to the click that repeats it', async () => {
    const desk = aDesk();
    await desk.say(`/status ${machineActionId()}`);
    assert.deepEqual(kept(desk), refused(dana, 'showStatus', 'notPermitted', { correlationId }));
    const clicked = aDesk();
    await clicked.click('showStatus', { about: machineActionId(), page: 0 });
    assert.deepEqual(kept(clicked), refused(dana, 'showStatus', 'notPermitted', { correlationId }));
  });

  it('nothing of a no that is only about the time, or about somebody’s outage', async () => {
    const desk = aDesk();
    desk.defender.action = async () => ({ ok: false, failure: { kind: 'unanswered', sent: true } });
    await desk.keep(aConfirmed({ collections: [aCollection.running()] }));
    await desk.click('refresh', { request: requestId(), revision: 2 });
    await desk.click('collect', { request: requestId(), revision: 2 });
    await desk.click('nonsense', { request: requestId(), revision: 2 });
    assert.deepEqual(kept(desk), []);
  });

  it('a sign-in once, a sign-out, and a sign-in that is somebody else’s', async () => {
    const desk = aDesk();
    await desk.invoke('signin/tokenExchange', { id: '1', connectionName: 'c', token: aToken(dana) });
    await desk.invoke('signin/tokenExchange', { id: '1', connectionName: 'c', token: aToken(dana) });
    await desk.invoke('signin/tokenExchange', { id: '2', connectionName: 'c', token: aToken(omar) });
    await desk.say('/signout');
    assert.deepEqual(kept(desk), [
      { by: dana, kind: 'signedIn', details: {} },
      { by: dana, kind: 'personRefused', details: { wish: 'signIn', why: 'someoneElsesSignIn' } },
      { by: dana, conversation, kind: 'signedOut', details: {} },
    ]);
  });
});
