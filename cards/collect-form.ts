/** The form that stands for a typed `/collect`, for the eyes of the one who asked. */
import type { CollectDraft, CollectFault } from '../src/domain/command.ts';
import { mostDevices } from '../src/domain/command.ts';
import type { Place } from '../src/domain/place.ts';
import { longestReason } from '../src/domain/reason.ts';
import { type AdaptiveCard, type CardElement, card, formButton, group, type InputText, text } from './adaptive-card.ts';
import { clipped } from './clipped.ts';
import { collectFaultWords } from './collect-fault-words.ts';
import type { CardContext } from './context.ts';
import { statusExample } from './examples.ts';
import type { FormOrigin } from './form-action.ts';
import { placeWords } from './place-words.ts';
import { type Words, words } from './words.ts';

/** The title of the form; of a dialog, too. */
export const formTitle = 'Collect an investigation package';

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
  const go = formButton('Continue', { verb: 'askByForm', ...origin }, { style: 'positive' });
  const leave = formButton('Cancel', { verb: 'leaveForm' }, { associatedInputs: 'none' });
  return card(words`${formTitle}: which device, and why?`, formBody(content, context), [go, leave]);
}

/** What the form consists of, besides its buttons. */
export function formBody({ draft, fault, askedIn }: FormContent, context: CardContext): readonly CardElement[] {
  const isElsewhere = askedIn !== undefined && askedIn.kind !== 'personal';
  return [
    onlyYou,
    text(words`${formTitle}`, headingLook),
    ...(isElsewhere ? [text(words`You asked ${placeWords(askedIn, context)}.`, { spacing: 'small' })] : []),
    ...(fault === undefined ? [] : [group([text(faultWords(fault))], { style: 'warning', spacing: 'medium' })]),
    { ...devicesInput, ...filled(draft.devices) },
    { ...reasonInput, ...filled(clipped(draft.reason, longestReason)) },
    text(words`Nothing is sent to Defender before you have seen the devices and pressed Collect.`, smallLook),
  ];
}

const onlyYou = text(words`Only you can see this`, { size: 'small', isSubtle: true });
const headingLook = { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' } as const;
const smallLook = { size: 'small', isSubtle: true, spacing: 'small' } as const;

const devicesInput = {
  type: 'Input.Text',
  id: 'devices',
  label: 'Device',
  isMultiline: true,
  isRequired: true,
  errorMessage: `A device ID or a computer name, up to ${mostDevices} parted by commas. Put a name with blanks in quotes.`,
  maxLength: longestDevices,
  regex:
    '^[\\s,]*(["“”„«»][^"“”„«»]+["“”„«»]|[A-Za-z0-9._-]+)([\\s,]+(["“”„«»][^"“”„«»]+["“”„«»]|[A-Za-z0-9._-]+))*[\\s,]*$',
  placeholder: 'for instance: lap-0042, srv-files-01',
} as const satisfies InputText;

const reasonInput = {
  type: 'Input.Text',
  id: 'why',
  label: 'Reason',
  isMultiline: true,
  isRequired: true,
  errorMessage: `Say why, in 1 to ${longestReason.toLocaleString('en')} characters.`,
  maxLength: longestReason,
  placeholder: 'for instance: suspicious logon, alert 1234',
} as const satisfies InputText;

function filled(value: string): Pick<InputText, 'value'> {
  return value === '' ? {} : { value };
}

function faultWords(fault: CollectFault): Words {
  return fault.why === 'reasonTooLong'
    ? words`${collectFaultWords(fault)} Below is its beginning.`
    : collectFaultWords(fault);
}

/** In place of the form, once the request is on its way: its card is a message of its own. */
export function askedCard(count: number): AdaptiveCard {
  const what = count === 1 ? words`The card with the device comes` : words`The card with the ${count} devices comes`;
  return notice(
    words`${what} into this conversation. Nothing is sent to Defender before you press Collect on it. ${statusExample} shows all your requests.`,
  );
}

/** In place of the form, when somebody has left it. */
export function leftFormCard(): AdaptiveCard {
  return notice(words`You left the form; nothing was asked for.`);
}

/** A short answer in place of a form, and the way to another one. */
function notice(line: Words): AdaptiveCard {
  return card(line, [onlyYou, text(line)], [openFormButton()]);
}

/** Opens an empty form. */
export function openFormButton() {
  return formButton('Collect…', { verb: 'openForm' });
}
