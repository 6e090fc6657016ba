import assert from 'node:assert/strict';
import { type Activity, TurnContext } from 'botbuilder';
import { createSignInOffers, type OfferPosterPorts } from '../../../bot/teams/sign-in-offers.ts';
import { parseActivityId } from '../../../src/domain/ids.ts';
import type { Place } from '../../../src/domain/place.ts';
import type { Problem } from '../../../src/domain/problem.ts';
import { conversationId, known, tenantId } from '../../build/ids.ts';
import { dana } from '../../build/person.ts';
import { aPlace, aProposalAt } from '../../build/request.ts';
import { anActivity, asActivity } from './activities.ts';
import { Desk } from './desk.ts';

describe('a sign-in offered beside the card', () => {
  let desk: Desk;
  /** Conversations in which something was posted for everybody in them. */
  let posts: string[];
  let targets: string[];
  /** The activity from which the Token Service's state was made. */
  let stateOf: Activity | undefined;
  let hasTargeted: boolean;

  beforeEach(() => {
    desk = new Desk();
    posts = [];
    targets = [];
    stateOf = undefined;
    hasTargeted = true;
    const { resource } = desk.tokenService;
    desk.tokenService.resource = (activity) => {
      stateOf = activity;
      return resource(activity);
    };
  });

  const offer = (place: Partial<Place>, problem?: Problem) => {
    const ports: OfferPosterPorts = {
      ...desk.ports,
      adapter: {
        speak: async ({ conversation }, turn) => {
          const from = desk.adapter.sent.length;
          const activity = { ...anActivity(), conversation: { ...anActivity().conversation, id: conversation } };
          const result = await turn(new TurnContext(desk.adapter, asActivity(activity)));
          posts.push(...desk.adapter.sent.slice(from).map(() => conversation));
          return result;
        },
      },
      conversations: {
        ...desk.ports.conversations,
        find: async (conversation) => ({
          conversation,
          kind: 'channel',
          serviceUrl: 'https://s.example/',
          tenant: tenantId(),
        }),
      },
      rest: {
        ...desk.ports.rest,
        postTargeted: async (_serviceUrl, conversation, to) => {
          if (!hasTargeted) throw new Error('400');
          targets.push(`${conversation} ${to}`);
          return known(parseActivityId('18'));
        },
      },
    };
    const why = problem === undefined ? {} : { problem };
    const request = { ...aProposalAt({ step: 'signInNeeded', ...why }), place: aPlace(place) };
    return createSignInOffers(ports).offer(request, dana);
  };
  const group = { conversation: conversationId('19:group@thread.v2'), kind: 'groupChat' } as const;

  it('from a channel goes to 1:1: there the silent exchange works', async () => {
    await offer({});
    assert.deepEqual([posts, targets], [['a:1'], []]);
  });

  it('in a group chat is for that person’s eyes alone', async () => {
    await offer(group);
    assert.deepEqual([posts, targets], [[], ['19:group@thread.v2 29:person-1']]);
  });

  it('in a group chat goes to 1:1 where the tenant has no targeted messages yet', async () => {
    hasTargeted = false;
    await offer(group);
    assert.deepEqual(posts, ['a:1']);
  });

  it('is made for exactly that person, in their own 1:1 conversation', async () => {
    await offer({});
    assert.deepEqual(stateOf?.from, { id: '29:person-1', name: 'Dana Reyes', aadObjectId: dana.oid });
    assert.equal(stateOf?.conversation.id, 'a:1');
  });

  it('offers a window only, where the last sign-in was not good enough: silently it would be the same again', async () => {
    await offer({}, { kind: 'moreProofNeeded', obstacle: 'secondFactor' });
    const [attachment] = desk.adapter.sent[0]?.attachments ?? [];
    assert.equal(attachment?.content.tokenExchangeResource, undefined);
    assert.equal(attachment?.content.buttons.length, 1);
  });

  it('is an OAuthCard with the resource for the silent exchange and a button', async () => {
    await offer({});
    const [attachment] = desk.adapter.sent[0]?.attachments ?? [];
    assert.equal(attachment?.contentType, 'application/vnd.microsoft.card.oauth');
    assert.equal(attachment?.content.tokenExchangeResource.id, 'exchange-1');
    assert.deepEqual(
      attachment?.content.buttons.map(({ type }: { type: string }) => type),
      ['signin'],
    );
  });

  it('leaves nothing of its link in what is kept', async () => {
    assert.doesNotMatch(JSON.stringify([await offer({}), await offer(group)]), /link-marker/);
  });
});
