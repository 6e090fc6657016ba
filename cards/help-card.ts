import type { CommandName } from '../src/domain/command.ts';
import { commandNames } from '../src/domain/command.ts';
import { type AdaptiveCard, type Container, card, group, privateButton, text } from './adaptive-card.ts';
import { openFormButton } from './collect-form.ts';
import type { Catalogue } from './language/catalogue.ts';
import { code, type Piece, words } from './words.ts';

/** Answers `/help`, `hi` and `hello`: what the bot does, never does, and understands. */
export function helpCard(say: Catalogue): AdaptiveCard {
  const { help, buttons } = say;
  return card(
    help.summary,
    [
      text(words`Collector`, { size: 'large', weight: 'bolder', style: 'heading' }),
      text(help.about, { spacing: 'small' }),
      ...commandNames.map((name) => row(say, name)),
      text(help.how, { size: 'small', isSubtle: true, spacing: 'medium' }),
    ],
    [
      openFormButton(say),
      privateButton(buttons.status, { verb: 'showStatus', about: '', page: 0 }),
      privateButton(buttons.history, { verb: 'showHistory', about: '', page: 0 }),
    ],
  );
}

function row(say: Catalogue, name: CommandName): Container {
  const example = text(words`${exampleOf(say, name)}`, { fontType: 'monospace' });
  return group([example, text(say.help[name], { spacing: 'none' })], { spacing: 'medium' });
}

function exampleOf({ examples }: Catalogue, name: CommandName): Piece {
  switch (name) {
    case 'collect':
    case 'status':
    case 'history':
    case 'cancel':
    case 'help':
      return examples[name];
    case 'signout':
      return code('/signout');
  }
}
