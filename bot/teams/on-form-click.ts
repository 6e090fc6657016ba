/** A click that has to do with the form that stands for a typed `/collect`. */
import { askElsewhereAnswer } from '../../cards/approval-answers.ts';
import { askedCard, collectForm, leftFormCard } from '../../cards/collect-form.ts';
import { cardsIn } from '../../cards/context.ts';
import type { FormAction } from '../../cards/form-action.ts';
import { askByForm } from './ask-by-form.ts';
import type { ClickAnswer, ClickPorts, IncomingClick } from './click.ts';
import { card, text } from './click-answers.ts';

/** Handles such a click. Whoever presses asks for themselves. */
export async function onFormClick(ports: ClickPorts, click: IncomingClick, action: FormAction): Promise<ClickAnswer> {
  const cards = cardsIn(click.language, ports.cards);
  const { say } = cards;
  switch (action.verb) {
    case 'openForm': {
      const origin = { conversation: click.place.conversation, opening: click.activity };
      return card(collectForm({ draft: { devices: '', reason: '' } }, origin, cards));
    }
    case 'leaveForm':
      return card(leftFormCard(say));
    case 'askByForm': {
      const outcome = await askByForm(ports, click, action);
      switch (outcome.kind) {
        case 'asked':
          return card(askedCard(say, outcome.devices));
        case 'fault':
          return card(collectForm(outcome, action, cards));
        case 'nobodyToApprove':
          return text(askElsewhereAnswer(say));
      }
    }
  }
}
