import type { CommandName } from '../src/domain/command.ts';
import { commandNames } from '../src/domain/command.ts';
import { type AdaptiveCard, type Container, card, group, privateButton, text } from './adaptive-card.ts';
import { openFormButton } from './collect-form.ts';
import { cancelExample, collectExample, historyExample, statusExample } from './examples.ts';
import { code, type Piece, type Words, words } from './words.ts';

/** Answers `/help`, `hi` and `hello`: what the bot does, never does, and understands. */
export function helpCard(): AdaptiveCard {
  return card(
    words`Collector collects Defender investigation packages. For example: ${collectExample}`,
    [
      text(words`Collector`, { size: 'large', weight: 'bolder', style: 'heading' }),
      text(
        words`I ask Microsoft Defender for Endpoint to collect an investigation package from a device, in your name and with your own rights, and tell this conversation how it ends. Nothing is sent before you confirm it.`,
        { spacing: 'small' },
      ),
      ...commandNames.map((name) => row(commands[name])),
      text(
        words`In a channel or group chat, mention me first or type the command after a slash. The device is its Defender device ID, or its name.`,
        { size: 'small', isSubtle: true, spacing: 'medium' },
      ),
    ],
    [
      openFormButton(),
      privateButton('Status', { verb: 'showStatus', about: '', page: 0 }),
      privateButton('History', { verb: 'showHistory', about: '', page: 0 }),
    ],
  );
}

interface CommandHelp {
  readonly example: Piece;
  readonly does: Words;
}

const commands: Readonly<Record<CommandName, CommandHelp>> = {
  collect: { example: collectExample, does: words`Shows you the device, and collects once you confirm.` },
  status: { example: statusExample, does: words`Shows how your requests stand; only you see the answer.` },
  history: { example: historyExample, does: words`Shows earlier collections that you may see.` },
  cancel: { example: cancelExample, does: words`Stops a running collection; the ID is Defender’s action ID.` },
  help: { example: code('/help'), does: words`Shows this.` },
  signout: { example: code('/signout'), does: words`Makes me forget your sign-in to Defender.` },
};

function row({ example, does }: CommandHelp): Container {
  return group([text(words`${example}`, { fontType: 'monospace' }), text(does, { spacing: 'none' })], {
    spacing: 'medium',
  });
}
