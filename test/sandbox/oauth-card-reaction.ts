import type { Conversation, Message } from './conversations.ts';
import type { BotAnswer } from './delivery.ts';
import type { EntraTokens } from './entra-tokens.ts';
import type { Journal } from './journal.ts';
import type { JsonObject } from './json.ts';
import type { Person } from './people.ts';
import { answerOAuthCard, type ClientKind, hasOAuthCard } from './sign-in-behaviour.ts';

/** The client that reacts. */
interface ReactingClient {
  readonly person: Person;
  readonly kind: ClientKind;
  invoke(conversation: Conversation, name: string, value: JsonObject, about: Message): Promise<BotAnswer>;
}

/** What the reaction needs of the sandbox. */
interface ReactionHost {
  readonly journal: Journal;
  readonly places: { readonly all: readonly Conversation[] };
  readonly tokens: EntraTokens;
}

/** From now on OAuthCards that the client's person sees are answered by clients of the kind 'sso'; the result ends it. */
export function listenForOAuthCards(client: ReactingClient, devices: number, host: ReactionHost): () => void {
  return host.journal.listen(({ name, data }) => {
    if (name !== 'connector.activity.created' || client.kind !== 'sso') return;
    const conversation = host.places.all.find(({ id }) => id === data.conversation);
    const message = conversation?.find(String(data.id));
    if (!message?.isSeenBy(client.person) || !hasOAuthCard(message.activity)) return;
    react(client, message, devices, host.tokens).catch((error: unknown) => {
      // The bot may be down on purpose; the test learns of it from the journal.
      host.journal.add('client.reaction.failed', { person: client.person.key, error: String(error) });
    });
  });
}

/** Each device sends one exchange. Never in channels: there it fails (teams-platform.md, 'Sign-in'). */
async function react(client: ReactingClient, message: Message, devices: number, tokens: EntraTokens): Promise<void> {
  const { conversation } = message;
  if (conversation.kind === 'channel') {
    const failure = { code: 'resourcematchfailed', message: 'Resource match failed' };
    await client.invoke(conversation, 'signin/failure', failure, message);
    return;
  }
  const value = await answerOAuthCard(tokens, client.person, message.activity);
  if (!value) return;
  const each = Array.from({ length: devices });
  await Promise.all(each.map(() => client.invoke(conversation, 'signin/tokenExchange', value, message)));
}
