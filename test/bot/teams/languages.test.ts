import assert from 'node:assert/strict';
import { messageActionId } from '../../../bot/teams/message-action.ts';
import { requestId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aProposal } from '../../build/request.ts';
import { anActivity } from './activities.ts';
import { Desk } from './desk.ts';

const { conversation } = anActivity();
const personal = { conversation: { ...conversation, id: 'a:1', conversationType: 'personal' } };
const ofRequest = { request: requestId(), revision: 2 };

/** What people do, and of the German answer a few words. Each does it with an activity that has these changes. */
const doings: Readonly<Record<string, readonly [(desk: Desk, changes: object) => Promise<unknown>, RegExp]>> = {
  help: [(desk, changes) => desk.say('/help', changes), /Zeigt Ihnen das Gerät/],
  'a slip of the finger': [(desk, changes) => desk.say('/colect x', changes), /Meinten Sie/],
  'two commands': [(desk, changes) => desk.say('/collect a b /status', changes), /zwei Befehle/],
  'a command that lacks something': [(desk, changes) => desk.say('/collect', changes), /Nennen Sie den Grund/],
  'a list without a sign-in': [(desk, changes) => desk.say('/history lap-1', changes), /melden Sie sich an/i],
  'a list of nothing that there is': [(desk, changes) => desk.say('/status !!!', changes), /weder eine Geräte-ID/],
  'a cancellation without an id': [(desk, changes) => desk.say('/cancel', changes), /Welche Aktion, und warum/],
  'signing out': [(desk, changes) => desk.say('/signout', changes), /Sie sind abgemeldet/],
  'a code that is not taken': [
    (desk, changes) => {
      desk.tokenService.redeemed = async () => ({ kind: 'none' });
      return desk.say('000000', { ...changes, ...personal });
    },
    /Die Anmeldung hat nicht geklappt/,
  ],
  'an edited message': [
    (desk, changes) => {
      const channelData = { ...anActivity().channelData, eventType: 'editMessage' };
      return desk.say('/help', { ...changes, type: 'messageUpdate', channelData });
    },
    /Bearbeitete Nachrichten/,
  ],
  'a card that nobody knows': [(desk, changes) => desk.click('refresh', ofRequest, { changes }), /nicht mehr bekannt/],
  'a click that is none': [(desk, changes) => desk.click('nonsense', {}, { changes }), /konnte ich nicht lesen/],
  'a view of the card': [
    async (desk, changes) => {
      await desk.keep(aProposal({ revision: 2 }));
      return desk.click('showCard', ofRequest, { changes });
    },
    /"title":"Abbrechen"/,
  ],
  'Collect without a sign-in': [
    async (desk, changes) => {
      await desk.keep(aProposal({ revision: 2 }));
      return desk.click('collect', ofRequest, { changes });
    },
    /Melden Sie sich an, damit Defender Sie sieht/,
  ],
  'a form': [(desk, changes) => desk.click('openForm', {}, { changes }), /Untersuchungspaket sammeln/],
  'a dialog': [
    (desk, changes) => desk.invoke('composeExtension/fetchTask', { commandId: messageActionId }, changes),
    /"title":"Paket sammeln"/,
  ],
  'a sign-in that is not taken': [
    (desk, changes) => {
      desk.tokenService.exchanged = async () => ({ kind: 'none' });
      return desk.invoke('signin/tokenExchange', { id: 'x', token: 'y' }, changes);
    },
    /verwenden Sie die Schaltfläche/,
  ],
  'the bot being added': [
    async (desk, changes) => {
      await desk.turn({ ...changes, type: 'installationUpdate', action: 'add' });
      return desk.adapter.sent;
    },
    /hat mich zu dieser Unterhaltung hinzugefügt/,
  ],
  'coming from elsewhere': [
    (desk, changes) =>
      desk.say('/help', { ...changes, channelData: { tenant: { id: 'c0ffee00-2222-4222-8222-000000000002' } } }),
    /anderen Organisation/,
  ],
  'coming late': [
    (desk, changes) => desk.say('/help', { ...changes, timestamp: '2020-01-01T00:00:00Z' }),
    /mehr als 15 Minuten/,
  ],
};

/** Done at a desk of its own. */
async function answerTo(name: string, locale: unknown): Promise<string> {
  const [done] = doings[name] ?? [];
  assert.ok(done !== undefined);
  return JSON.stringify(await done(new Desk(), { locale }));
}

describe('the language of an answer', () => {
  for (const [name, [, german]] of Object.entries(doings)) {
    it(`is that of whoever gets it: ${name}`, async () => {
      assert.match(await answerTo(name, 'de-AT'), german);
      for (const other of ['en-GB', 'fr-FR', '', undefined, 7])
        assert.doesNotMatch(await answerTo(name, other), german);
    });
  }

  it('is kept in what goes wrong, too: of a line and of a click', async () => {
    const fails = () => Promise.reject(new Error('the store is on fire'));
    const store = { ...new Desk().memory.requests, find: fails, propose: fails };
    const broken = () => new Desk({ store });
    const line = await broken().say('/collect lap-1 suspicious', { locale: 'de-DE' });
    const click = await broken().click('refresh', ofRequest, { changes: { locale: 'de-DE' } });
    for (const said of [line, click]) assert.match(JSON.stringify(said), /Bei mir ist etwas schiefgegangen/);
  });

  it('is remembered by the request that was asked in it', async () => {
    const desk = new Desk();
    await desk.say('/collect lap-1 suspicious logon', { locale: 'de-DE' });
    await desk.say('/collect lap-2 suspicious logon', { locale: 'en-US', id: '1772421120009' });
    const asked = await desk.memory.requests.newestOf(dana.oid, 10);
    assert.deepEqual(asked.map(({ language }) => language).toSorted(), ['de', 'en']);
  });
});
