/** Activities that do come from Teams, by people who may not do this, here, or now: the inner doors. */
import { messageActionId, messageActionInvokes } from '../../bot/teams/message-action.ts';
import type { CardVerb } from '../../cards/action.ts';
import type { Conversation } from '../sandbox/conversations.ts';
import { fineDevice } from '../sandbox/devices.ts';
import type { JsonObject } from '../sandbox/json.ts';
import { gus, lena, mia, omar, otherTenantId, type Person, tenantId } from '../sandbox/people.ts';
import { collect } from './door-forgeries.ts';
import type { Door, Doors } from './doors.ts';

const minutesAway = (minutes: number) => ({ timestamp: new Date(Date.now() + minutes * 60_000).toISOString() });
const guestOfOurs = { channelData: { tenant: { id: tenantId } } };

/** Says it, as that person's client. */
function say(doors: Doors, person: Person, place: Conversation, changes: JsonObject, text = collect) {
  return doors.sandbox
    .client(person)
    .say(place, text, { changes })
    .then(({ answer }) => answer);
}

interface Press {
  readonly by?: Person;
  readonly in?: (doors: Doors) => Conversation;
  readonly changes?: JsonObject;
  /** In place of what the button carries. */
  readonly data?: JsonObject;
}

/** Presses a button of Mia's proposal in the channel, wherever that is clicked from. */
async function press(
  doors: Doors,
  verb: CardVerb | 'launchMissiles',
  { by = mia, in: where, changes = {}, data }: Press = {},
) {
  const { channel } = doors.sandbox.places;
  const { id, revision } = await doors.proposalIn(channel);
  const value = { action: { type: 'Action.Execute', verb, data: { request: id, revision, ...data } } };
  const invoke = { type: 'invoke', name: 'adaptiveCard/action', value, ...changes };
  return doors.sandbox.client(by).send(where?.(doors) ?? channel, invoke);
}

const click = (sent: string, reply: RegExp, verb: CardVerb | 'launchMissiles', how: Press = {}): Door => ({
  sent: `a click ${sent}`,
  send: (doors) => press(doors, verb, how),
  status: 200,
  reply,
});

const message = (sent: string, reply: RegExp | undefined, send: Door['send'], before?: Door['before']): Door => ({
  sent: `a command ${sent}`,
  send,
  status: 200,
  reply,
  ...(before === undefined ? {} : { before }),
});

const channel = (doors: Doors) => doors.sandbox.places.channel;
const groupChat = (doors: Doors) => doors.sandbox.places.groupChat;
const unknownRequest = { request: '00000000-0000-4000-8000-00000000dead' };
const otherOrganisation = /This account is a guest, or belongs to another organisation/;

/** A person has asked as much as anybody may in this minute. */
const flooded =
  (person: Person, kind: 'message' | 'click', wasTold: boolean): NonNullable<Door['before']> =>
  (doors) =>
    doors.flood(`person:${person.oid}`, kind, kind === 'message' ? 30 : 120, wasTold);

const people: readonly Door[] = [
  message('of a guest of another tenant', otherOrganisation, (doors) => say(doors, gus, channel(doors), {})),
  message('of somebody of ours in another organisation’s conversation', otherOrganisation, (doors) =>
    say(doors, mia, channel(doors), { conversation: { ...inChannel(doors), tenantId: otherTenantId } }),
  ),
  message(
    'of a guest in our own tenant, whom the roster names',
    otherOrganisation,
    (doors) => say(doors, gus, doors.sandbox.places.mixedChannel, guestOfOurs),
    (doors) => doors.outsiderIn(doors.sandbox.places.mixedChannel, gus),
  ),
  message('of another bot', undefined, (doors) =>
    say(doors, mia, channel(doors), { from: { id: '28:other-bot', name: 'Bot', aadObjectId: mia.oid } }),
  ),
  message('of nobody’s account', undefined, (doors) =>
    say(doors, mia, channel(doors), { from: { id: mia.teamsId, name: 'Mia' } }),
  ),
  click('by somebody of another tenant', otherOrganisation, 'collect', { by: gus }),
  click('that claims another tenant', otherOrganisation, 'collect', {
    changes: { channelData: { tenant: { id: otherTenantId } } },
  }),
  click('by somebody else than the requester', /Mia Berg/, 'collect', { by: omar }),
  ...['signin/tokenExchange', 'signin/verifyState', 'signin/failure'].map(
    (name): Door => ({
      sent: `${name} of another tenant`,
      send: (doors) =>
        doors.sandbox.client(gus).invoke(channel(doors), name, { id: 'exchange-1', token: 'a.b.c', state: '123456' }),
      status: 403,
      reply: otherOrganisation,
    }),
  ),
];

/** A dialog of the message action, opened or filled in. */
const dialog = (who: string, reply: RegExp, by: Person, where: (doors: Doors) => Conversation): readonly Door[] =>
  messageActionInvokes.map((name) => ({
    sent: `${name} ${who}`,
    send: (doors) => {
      const { id } = where(doors);
      const data = { verb: 'askByForm', conversation: id, opening: '1', devices: fineDevice.id, why: 'why' };
      return doors.sandbox.client(by).invoke(where(doors), name, { commandId: messageActionId, data });
    },
    status: 200,
    reply,
  }));

const places: readonly Door[] = [
  ...dialog('of another tenant', otherOrganisation, gus, channel),
  ...dialog('where the bot does not serve', /do not serve in this conversation/, mia, groupChat),
  message('where the bot does not serve', /do not serve in this conversation/, (doors) =>
    say(doors, mia, groupChat(doors), {}),
  ),
  click('where the bot does not serve', /do not serve in this conversation/, 'collect', { in: groupChat }),
  click('from another conversation than the card’s', /cannot find|do not know|no longer know/i, 'collect', {
    in: (doors) => doors.sandbox.places.personal(mia),
  }),
  click('on a request that there is not', /cannot find|do not know|no longer know/i, 'collect', {
    data: unknownRequest,
  }),
];

const times: readonly Door[] = [
  message('that was sent twenty minutes ago', /more than 15 minutes/, (doors) =>
    say(doors, mia, channel(doors), minutesAway(-20)),
  ),
  message('that is dated an hour ahead', /more than 15 minutes/, (doors) =>
    say(doors, mia, channel(doors), minutesAway(60)),
  ),
  message('whose date is none', undefined, (doors) => say(doors, mia, channel(doors), { timestamp: 'yesterday' })),
  click('that was made twenty minutes ago', /more than 15 minutes/, 'collect', { changes: minutesAway(-20) }),
  {
    sent: 'a sign-in that was made twenty minutes ago',
    send: (doors) => {
      const value = { id: 'exchange-1', token: 'a.b.c' };
      const invoke = { type: 'invoke', name: 'signin/tokenExchange', value, ...minutesAway(-20) };
      return doors.sandbox.client(mia).send(channel(doors), invoke);
    },
    status: 403,
    reply: /more than 15 minutes/,
  },
  message('that is delivered a second time', undefined, (doors) => doors.sandbox.client(mia).redeliver(doors.first)),
];

const cards: readonly Door[] = [
  click('on a button that there is not', /cannot read|do not understand|not read/i, 'launchMissiles'),
  click('without a request', /cannot read|not read/i, 'collect', { data: { request: null } }),
  click('with a request id that is a query', /cannot read|not read/i, 'collect', { data: { request: "x' or '1'='1" } }),
  click('with a revision that is none', /cannot read|not read/i, 'collect', { data: { revision: -1 } }),
  click('on a card that nobody has been shown yet', /./, 'cancel', { data: { revision: 999 } }),
  {
    sent: 'a click of no action at all',
    send: (doors) => doors.sandbox.client(mia).invoke(channel(doors), 'adaptiveCard/action', { action: 'collect' }),
    status: 200,
    reply: /no click on a card/,
  },
  {
    sent: 'an invoke that there is not',
    send: (doors) => doors.sandbox.client(mia).invoke(channel(doors), 'composeExtension/query', {}),
    status: 501,
    reply: undefined,
  },
];

const floods: readonly Door[] = [
  message(
    'after thirty others within a minute',
    // Her Teams is German.
    /mehr, als ich von einer Person/,
    (doors) => say(doors, lena, channel(doors), {}),
    flooded(lena, 'message', false),
  ),
  message(
    'after thirty others, when that has been said',
    undefined,
    (doors) => say(doors, lena, channel(doors), {}),
    flooded(lena, 'message', true),
  ),
  message(
    'in a conversation that has had a hundred and twenty in a minute',
    /more in this conversation than I can take/,
    (doors) => say(doors, omar, channel(doors), {}, `collect ${fineDevice.id} one too many`),
    (doors) => doors.flood(`conversation:${channel(doors).id}`, 'message', 120, false),
  ),
  {
    ...click('after a hundred and twenty others within a minute', /more than I can take from one person/, 'collect'),
    before: flooded(mia, 'click', true),
  },
];

function inChannel({ sandbox }: Doors): JsonObject {
  return { id: sandbox.places.channel.id, conversationType: 'channel', isGroup: true };
}

/** The inner doors, as rows. Floods come last: they hold on for a minute. */
export const innerDoors: readonly Door[] = [...people, ...places, ...times, ...cards, ...floods];
