/** The form that stands for a typed `/collect`, for the eyes of the one who asked. */
import type { CollectDraft, CollectFault } from '../src/domain/command.ts';
import { mostDevices } from '../src/domain/command.ts';
import type { Place } from '../src/domain/place.ts';
import { longestReason } from '../src/domain/reason.ts';
import { type AdaptiveCard, type CardElement, card, formButton, group, type InputText, text } from './adaptive-card.ts';
import { clipped } from './clipped.ts';
import { collectFaultWords } from './collect-fault-words.ts';
import type { CardContext } from './context.ts';
import type { FormOrigin } from './form-action.ts';
import type { Catalogue } from './language/catalogue.ts';
import { placeWords } from './place-words.ts';
import { inOneLine, type Words, words } from './words.ts';

/** The field for the devices holds so much: a list of 50 long names, and the card still fits into a message. */
const longestDevices = 4_000;

/** Whether everything that was understood fits into the form: what would be cut off has to be typed anew. */
export function fitsForm({ devices }: CollectDraft): boolean {
  return devices.length <= longestDevices;
}

/** What the form is filled with, and why it is shown. */
export interface FormContent {
  readonly draft: CollectDraft;
  /** What was wrong with what was typed. */
  readonly fault?: CollectFault;
  /** Where it was asked, where the form may be read somewhere else. */
  readonly askedIn?: Place;
}

/** Builds it. */
export function collectForm(content: FormContent, origin: FormOrigin, context: CardContext): AdaptiveCard {
  const { collectForm: said, buttons } = context.say;
  const go = formButton(buttons.continue, { verb: 'askByForm', ...origin }, { style: 'positive' });
  const leave = formButton(buttons.cancel, { verb: 'leaveForm' }, { associatedInputs: 'none' });
  return card(said.summary, formBody(content, context), [go, leave]);
}

/** What the form consists of, besides its buttons. */
export function formBody({ draft, fault, askedIn }: FormContent, context: CardContext): readonly CardElement[] {
  const { collectForm: said, lists } = context.say;
  const isElsewhere = askedIn !== undefined && askedIn.kind !== 'personal';
  return [
    text(lists.onlyYou, onlyYouLook),
    text(words`${said.title}`, headingLook),
    ...(isElsewhere ? [text(said.askedElsewhere(placeWords(askedIn, context)), { spacing: 'small' })] : []),
    ...(fault === undefined
      ? []
      : [group([text(faultWords(context.say, fault))], { style: 'warning', spacing: 'medium' })]),
    { ...devicesInput(said), ...filled(draft.devices) },
    { ...reasonInput(said), ...filled(clipped(draft.reason, longestReason)) },
    text(said.nothingSent, smallLook),
  ];
}

const onlyYouLook = { size: 'small', isSubtle: true } as const;
const headingLook = { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' } as const;
const smallLook = { size: 'small', isSubtle: true, spacing: 'small' } as const;

type FormWords = Catalogue['collectForm'];

function devicesInput(said: FormWords): InputText {
  return {
    ...{ type: 'Input.Text', id: 'devices', label: said.device, isMultiline: true, isRequired: true },
    errorMessage: said.devicesFault(mostDevices),
    maxLength: longestDevices,
    regex:
      '^[\\s,]*(["“”„«»][^"“”„«»]+["“”„«»]|[A-Za-z0-9._-]+)([\\s,]+(["“”„«»][^"“”„«»]+["“”„«»]|[A-Za-z0-9._-]+))*[\\s,]*$',
    placeholder: said.devicesExample,
  };
}

function reasonInput(said: FormWords): InputText {
  return {
    ...{ type: 'Input.Text', id: 'why', label: said.reason, isMultiline: true, isRequired: true },
    errorMessage: said.reasonFault(longestReason),
    maxLength: longestReason,
    placeholder: said.reasonExample,
  };
}

function filled(value: string): Pick<InputText, 'value'> {
  return value === '' ? {} : { value };
}

function faultWords(say: Catalogue, fault: CollectFault): Words {
  const what = collectFaultWords(say, fault);
  return fault.why === 'reasonTooLong' ? inOneLine(what, say.collectForm.belowIsItsBeginning) : what;
}

/** In place of the form, once the request is on its way: its card is a message of its own. */
export function askedCard(say: Catalogue, count: number): AdaptiveCard {
  return notice(say, say.collectForm.asked(count));
}

/** In place of the form, when somebody has left it. */
export function leftFormCard(say: Catalogue): AdaptiveCard {
  return notice(say, say.collectForm.left);
}

/** A short answer in place of a form, and the way to another one. */
function notice(say: Catalogue, line: Words): AdaptiveCard {
  return card(line, [text(say.lists.onlyYou, onlyYouLook), text(line)], [openFormButton(say)]);
}

/** Opens an empty form. */
export function openFormButton({ buttons }: Catalogue) {
  return formButton(buttons.openForm, { verb: 'openForm' });
}
