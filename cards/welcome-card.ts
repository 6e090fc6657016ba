import type { Person } from '../src/domain/person.ts';
import { type AdaptiveCard, card, privateButton, type TextBlock, text } from './adaptive-card.ts';
import { atTag } from './chat-message.ts';
import { openFormButton } from './collect-form.ts';
import { collectExample, helpExample } from './examples.ts';
import { strong, words } from './words.ts';

/**
 * What the bot says once where it was added: who brought it, what it can do, and what it will never do. The mention is
 * in the card, whose text has to have it letter by letter.
 */
export function welcomeCard(addedBy: Person): AdaptiveCard {
  const tag = atTag(addedBy.name);
  const who: TextBlock = { type: 'TextBlock', text: `${tag} added me to this conversation.`, wrap: true };
  const does = words`I ask Microsoft Defender for Endpoint to collect an investigation package from a device, keep a card about it up to date here, and say how it ended. For example: ${collectExample}`;
  const never = words`What I never do: collect before somebody has seen the device and pressed ${strong('Collect')}; use rights of my own, because Defender sees whoever asks; show a download link, or what Defender shows one person, to others; write to people one by one without being asked.`;
  const how = words`Mention me, or type a command after a slash. ${helpExample} shows all of them.`;
  const body = [
    text(words`Collector`, { size: 'large', weight: 'bolder', style: 'heading' }),
    who,
    text(does),
    text(never),
    text(how, { size: 'small', isSubtle: true }),
  ];
  const buttons = [openFormButton(), privateButton('Status', { verb: 'showStatus', about: '', page: 0 })];
  return {
    ...card(words`${addedBy.name} added Collector to this conversation. ${does}`, body, buttons),
    msteams: {
      entities: [{ type: 'mention', text: tag, mentioned: { id: addedBy.chatUserId, name: addedBy.name } }],
    },
  };
}
