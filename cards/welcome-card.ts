import type { Person } from '../src/domain/person.ts';
import { type AdaptiveCard, card, privateButton, type TextBlock, text } from './adaptive-card.ts';
import { atTag } from './chat-message.ts';
import { openFormButton } from './collect-form.ts';
import type { Catalogue } from './language/catalogue.ts';
import { inOneLine, words } from './words.ts';

/**
 * What the bot says once where it was added: who brought it, what it can do, and what it will never do. The mention is
 * in the card, whose text has to have it letter by letter.
 */
export function welcomeCard(say: Catalogue, addedBy: Person): AdaptiveCard {
  const { welcome, buttons } = say;
  const tag = atTag(addedBy.name);
  const who: TextBlock = { type: 'TextBlock', text: welcome.addedBy(tag), wrap: true };
  const body = [
    text(words`Collector`, { size: 'large', weight: 'bolder', style: 'heading' }),
    who,
    text(welcome.does),
    text(welcome.never),
    text(welcome.how, { size: 'small', isSubtle: true }),
  ];
  const offered = [openFormButton(say), privateButton(buttons.status, { verb: 'showStatus', about: '', page: 0 })];
  return {
    ...card(inOneLine(welcome.addedCollector(addedBy.name), welcome.does), body, offered),
    msteams: {
      entities: [{ type: 'mention', text: tag, mentioned: { id: addedBy.chatUserId, name: addedBy.name } }],
    },
  };
}
