import assert from 'node:assert/strict';
import type { Activity, ResourceResponse } from 'botbuilder';
import { BotAdapter, TurnContext } from 'botbuilder';
import { createPoster, type PosterPorts } from '../../../bot/teams/poster.ts';
import { ConversationError } from '../../../src/domain/conversation-error.ts';
import { parseActivityId } from '../../../src/domain/ids.ts';
import { noticesDue } from '../../../src/domain/notice.ts';
import { conversationId, known, tenantId } from '../../build/ids.ts';
import { aConfirmed, aDone, aPlace, aProposal } from '../../build/request.ts';
import { keptLog } from '../../src/adapters/defender/wire-server.ts';
import { anActivity, asActivity } from './activities.ts';
import { Desk } from './desk.ts';

/** A refusal as botbuilder's connector client throws it. */
const refusal = (statusCode: number, code = '') =>
  Object.assign(new Error('refused'), { statusCode, body: { error: { code } } });

type Note = (how: 'post' | 'edit', where: string, content: unknown) => string;

/** The SDK's adapter down to the wire: what reaches it is noted, or refused. */
class WireAdapter extends BotAdapter {
  readonly #note: Note;

  constructor(note: Note) {
    super();
    this.#note = note;
  }
  override async sendActivities(_: TurnContext, activities: Partial<Activity>[]): Promise<ResourceResponse[]> {
    return activities.map((each) => ({ id: this.#note('post', each.conversation?.id ?? '', each) }));
  }
  override async updateActivity(_: TurnContext, activity: Partial<Activity>): Promise<void> {
    this.#note('edit', activity.conversation?.id ?? '', activity);
  }
  override async deleteActivity(): Promise<void> {
    throw new Error('the poster deletes nothing');
  }
  override async continueConversation(): Promise<void> {
    throw new Error('the poster begins no turn in a turn');
  }
}

describe('the poster', () => {
  /** What reached the connector: how, where, and what. */
  let calls: { readonly how: 'post' | 'edit'; readonly where: string; readonly content: string }[];
  /** Refusals by conversation and way. */
  let refusals: Map<string, Error>;
  let ports: PosterPorts;

  beforeEach(() => {
    calls = [];
    refusals = new Map();
    const note: Note = (how, where, content) => {
      calls.push({ how, where, content: JSON.stringify(content) });
      const refused = refusals.get(`${how} ${where}`);
      if (refused !== undefined) throw refused;
      return `17721${calls.length}`;
    };
    const desk = new Desk();
    ports = {
      ...desk.ports,
      log: keptLog(),
      adapter: {
        speak: async ({ conversation }, turn) => {
          const reference = { ...anActivity(), conversation: { ...anActivity().conversation, id: conversation } };
          return await turn(new TurnContext(new WireAdapter(note), asActivity(reference)));
        },
      },
      conversations: {
        ...desk.ports.conversations,
        find: async (conversation) => ({
          conversation,
          kind: 'channel',
          serviceUrl: 'https://smba.trafficmanager.net/emea/',
          tenant: tenantId(),
        }),
      },
    };
  });

  const thread = aPlace().conversation;
  const posted = { conversation: thread, activity: known(parseActivityId('1772421120001')), fingerprint: '' };

  it('posts a card once, and edits it from then on; an equal card makes no call', async () => {
    const poster = createPoster(ports);
    const first = await poster.showCard(aProposal(), undefined);
    assert.deepEqual(await poster.showCard(aProposal(), first), first);
    const second = await poster.showCard(aConfirmed(), first);
    assert.deepEqual([second.activity, second.conversation], [first.activity, first.conversation]);
    assert.notEqual(second.fingerprint, first.fingerprint);
    assert.deepEqual(
      calls.map(({ how }) => how),
      ['post', 'edit'],
    );
    assert.ok(calls[1]?.content.includes(`"id":"${first.activity}"`));
  });

  it('posts a card anew, once, when somebody has deleted it', async () => {
    const poster = createPoster(ports);
    const first = await poster.showCard(aProposal(), undefined);
    refusals.set(`edit ${thread}`, refusal(404, 'ActivityNotFoundInConversation'));
    const second = await poster.showCard(aConfirmed(), first);
    assert.notEqual(second.activity, first.activity);
    assert.deepEqual(
      calls.map(({ how }) => how),
      ['post', 'edit', 'post'],
    );
  });

  it('of a slash command opens a thread, and says where it is', async () => {
    const place = aPlace({ conversation: conversationId('19:soc@thread.tacv2'), askedPrivately: true });
    const card = await createPoster(ports).showCard(aProposal({ place }), undefined);
    assert.equal(card.conversation, `19:soc@thread.tacv2;messageid=${card.activity}`);
  });

  const removed = refusal(403, 'BotNotInConversationRoster');
  const [closing] = noticesDue(aDone());

  it('tells the requester in 1:1 when the bot was removed, although the card cannot be edited any more', async () => {
    const poster = createPoster(ports);
    const first = await poster.showCard(aProposal(), undefined);
    refusals.set(`edit ${thread}`, removed);
    refusals.set(`post ${thread}`, removed);
    const card = await poster.showCard(aDone(), first);
    assert.deepEqual(card, first);
    const told = await poster.tell(aDone(), known(closing), card);
    assert.equal(told.conversation, 'a:1');
    assert.match(calls.at(-1)?.content ?? '', /where I can no longer post/);
  });

  for (const [name, error] of Object.entries({
    'a 403 for another reason': refusal(403, 'Forbidden'),
    'a 429': refusal(429),
    'a 502': refusal(502),
    'a reset': new Error('ECONNRESET'),
  })) {
    it(`leaves ${name} to its job, to be tried again: no second post, nothing in 1:1`, async () => {
      const poster = createPoster(ports);
      const first = await poster.showCard(aProposal(), undefined);
      for (const how of ['edit', 'post']) refusals.set(`${how} ${thread}`, error);
      const isUnavailable = (thrown: unknown) =>
        thrown instanceof ConversationError && thrown.fault === 'unavailable' && thrown.cause === error;
      await assert.rejects(poster.showCard(aDone(), first), isUnavailable);
      await assert.rejects(poster.tell(aDone(), known(closing), first), isUnavailable);
      assert.deepEqual(
        calls.map(({ how, where }) => `${how} ${where}`),
        [`post ${thread}`, `edit ${thread}`, `post ${thread}`],
      );
    });
  }

  it('mentions the requester in a closing message, with the entity that Teams wants', async () => {
    await createPoster(ports).tell(aDone(), known(closing), posted);
    assert.match(calls[0]?.content ?? '', /<at>Dana Reyes<\/at>.*"type":"mention".*"id":"29:person-1"/);
  });
});
