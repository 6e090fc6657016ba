/** What cards/ made → what an activity carries. */
import type { AdaptiveCard } from '../../cards/adaptive-card.ts';
import type { ChatMessage } from '../../cards/chat-message.ts';
import type { Content } from './connector-rest.ts';

/** Content type of an Adaptive Card attachment. */
export const adaptiveCardType = 'application/vnd.microsoft.card.adaptive';

/** A message that is a card. Its notification on a phone says `summary`. */
export function cardContent(card: AdaptiveCard): Content {
  return { type: 'message', summary: card.speak, attachments: [{ contentType: adaptiveCardType, content: card }] };
}

/** A message that is text, with an entity for each mention in it: without one Teams shows `<at>` as text. */
export function textContent({ text, mentions }: ChatMessage): Content {
  const entities = mentions.map(({ person, text: shown }) => ({
    type: 'mention',
    text: shown,
    mentioned: { id: person.chatUserId, name: person.name },
  }));
  return { type: 'message', text, textFormat: 'markdown', entities };
}
