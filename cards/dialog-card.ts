/** What a dialog of ours shows: the form that stands for a typed `/collect`, or one line. Teams adds the app's icon and name. */
import { type AdaptiveCard, card, text } from './adaptive-card.ts';
import { clipped } from './clipped.ts';
import { type FormContent, formBody } from './collect-form.ts';
import type { CardContext } from './context.ts';
import type { AskAction, FormOrigin } from './form-action.ts';
import { words } from './words.ts';

/** A dialog knows no other button that comes back to the bot. */
interface SubmitButton {
  readonly type: 'Action.Submit';
  readonly title: string;
  readonly style: 'positive';
  readonly data: Omit<AskAction, 'devices' | 'why'>;
}

/** The card in a dialog. */
export interface DialogCard extends Omit<AdaptiveCard, 'actions'> {
  readonly actions: readonly SubmitButton[];
}

/** Of a long message as much as tells which one it is. */
const longestExcerpt = 200;

/**
 * Builds the form of a dialog. Closing the dialog is leaving it, so it has no **Cancel**.
 * @param about the text of the message that the dialog was opened on; untrusted
 */
export function dialogForm(content: FormContent, about: string, origin: FormOrigin, context: CardContext): DialogCard {
  const { collectForm: said, buttons } = context.say;
  const start = said.fromTheMessage(clipped(about, longestExcerpt));
  const excerpt = about === '' ? [] : [text(start, { size: 'small', isSubtle: true })];
  return {
    ...card(said.summary, [...excerpt, ...formBody(content, context)], []),
    actions: [
      { type: 'Action.Submit', title: buttons.continue, style: 'positive', data: { verb: 'askByForm', ...origin } },
    ],
  };
}

/** One line of an answer, in the Markdown of our messages. */
export function dialogNotice(answer: string): DialogCard {
  return { ...card(words`Collector`, [{ type: 'TextBlock', text: answer, wrap: true }], []), actions: [] };
}
