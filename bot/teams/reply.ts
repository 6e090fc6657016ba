/** Answers within a turn, bound to where they belong before anything is decided. */
import type { TurnContext } from 'botbuilder';
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import type { Log } from '../../src/ports.ts';
import { within } from '../deadline.ts';
import type { ConnectorRest, Content } from './connector-rest.ts';
import { cardContent } from './content.ts';
import type { Incoming } from './incoming.ts';
import { waitForTurn } from './pace.ts';
import { type PosterPorts, personalOf, post } from './posting.ts';

/** Where an answer goes. */
export interface Reply {
  /** Into the thread of the message; to a slash command, to the asker alone. */
  text(text: string): Promise<void>;
  card(card: AdaptiveCard): Promise<void>;
  /** To the asker alone, wherever they asked: for what only they may see, or what concerns nobody else. */
  privateText(text: string): Promise<void>;
  privateCard(card: AdaptiveCard): Promise<void>;
}

/** What replying needs. */
export interface ReplyPorts extends PosterPorts {
  readonly rest: ConnectorRest;
  readonly log: Log;
}

/** Longest wait for the connector: botbuilder's client has no end of its own, and Teams waits for the turn. */
const patience = 10_000;

/** The replies to one incoming message. They throw what the connector's clients throw, and DeadlineError. */
export function replyTo(ports: ReplyPorts, context: TurnContext, incoming: Incoming): Reply {
  const { place } = incoming;
  async function send(content: Content, isPrivate: boolean): Promise<void> {
    await waitForTurn(ports.pace, place.conversation, ports.log);
    if (isPrivate && place.kind !== 'personal') await sendPrivately(ports, incoming, content);
    else await within(patience, 'the connector', context.sendActivity(content));
  }
  return {
    text: (text) => send(markdown(text), place.askedPrivately),
    privateText: (text) => send(markdown(text), true),
    card: (card) => send(cardContent(card), place.askedPrivately),
    privateCard: (card) => send(cardContent(card), true),
  };
}

/** A tenant may not have targeted messages yet; then the answer comes in 1:1. */
async function sendPrivately(ports: ReplyPorts, incoming: Incoming, content: Content): Promise<void> {
  const { place, person, serviceUrl } = incoming;
  try {
    await ports.rest.postTargeted(serviceUrl, place.conversation, person.chatUserId, content);
  } catch (err) {
    ports.log.info({ err }, 'no targeted message could be sent; the answer goes to 1:1');
    await post(ports, await personalOf(ports, person, place.conversation), content);
  }
}

function markdown(text: string): Content {
  return { type: 'message', text, textFormat: 'markdown' };
}
