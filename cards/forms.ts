/** Cards with a field to type into, shown to the clicker alone. */
import { longestReason } from '../src/domain/reason.ts';
import { type AwaitingApproval, type Collection, collectionsOf, type Request } from '../src/domain/request.ts';
import {
  type AdaptiveCard,
  button,
  type CardElement,
  card,
  choices,
  type InputChoice,
  type InputText,
  text,
} from './adaptive-card.ts';
import { on, showCardButton } from './buttons.ts';
import { clipped } from './clipped.ts';
import { deviceNames } from './device-names.ts';
import { deviceName, devicesTitle } from './device-words.ts';
import type { Catalogue } from './language/catalogue.ts';
import { isJoined, starter } from './ownership-words.ts';
import { tickData } from './ticks.ts';
import { type Words, words } from './words.ts';

/**
 * Asks for another reason, with the present one filled in.
 * @param unticked what stands unticked on the card, which the form hides
 */
export function editReasonForm(say: Catalogue, request: Request, unticked?: readonly number[]): AdaptiveCard {
  const { forms, buttons, collectForm } = say;
  const go = button(buttons.continue, { verb: 'saveReason', ...on(request) }, { style: 'positive' });
  return form(say, forms.editTitle, request, {
    lines: [forms.editHow],
    input: { ...reasonInput(say), label: collectForm.reason, value: request.reason },
    go: { ...go, data: { ...go.data, ...tickData(unticked) } },
  });
}

/** Of many packages: asks whose link is wanted. */
export function downloadForm(say: Catalogue, request: Request): AdaptiveCard {
  const { forms, buttons, lists } = say;
  const packages = collectionsOf(request).filter(({ state }) => state === 'succeeded');
  const list = choices(
    { id: 'picked', label: lists.device, errorMessage: lists.pickOne },
    packages.map(({ id, device }) => [words`${clipped(deviceName(device), longestChoice)}`, id]),
    'compact',
  );
  return form(say, forms.downloadTitle, request, {
    lines: [forms.downloadHow],
    input: list,
    go: button(buttons.continue, { verb: 'downloadPicked', ...on(request) }, { style: 'positive' }),
  });
}

/** Fifty of them fit into a card. */
const longestChoice = 80;

/** Asks why a running collection is to be stopped. Whose it is is said where it is somebody else's. */
export function cancelCollectionForm(say: Catalogue, request: Request): AdaptiveCard {
  const { forms, buttons } = say;
  const others = othersWords(say, collectionsOf(request).filter(isJoined));
  return form(say, forms.cancelTitle, request, {
    lines: [
      ...others,
      ...(collectionsOf(request).some(isUnsent) ? [forms.unsent(request.requester.name)] : []),
      forms.cancelHow,
    ],
    input: { ...reasonInput(say), label: forms.cancelWhy, placeholder: forms.cancelExample },
    go: button(buttons.continue, { verb: 'cancelCollection', ...on(request) }, { style: 'destructive' }),
  });
}

/** Asks why a request is denied. */
export function denyForm(say: Catalogue, request: AwaitingApproval): AdaptiveCard {
  const { forms, buttons } = say;
  return form(say, forms.denyTitle, request, {
    lines: [forms.denyHow(request.requester.name, request.reason)],
    input: { ...reasonInput(say), label: forms.denyWhy, placeholder: forms.denyExample },
    go: button(buttons.continue, { verb: 'deny', ...on(request) }, { style: 'destructive' }),
  });
}

function reasonInput({ collectForm }: Catalogue): Omit<InputText, 'label'> {
  return {
    ...{ type: 'Input.Text', id: 'reason', isMultiline: true, isRequired: true },
    errorMessage: collectForm.reasonFault(longestReason),
    maxLength: longestReason,
  };
}

interface FormParts {
  readonly lines: readonly Words[];
  readonly input: InputText | InputChoice;
  readonly go: ReturnType<typeof button>;
}

function form(say: Catalogue, title: Words, request: Request, { lines, input, go }: FormParts): AdaptiveCard {
  const device = devicesTitle(say, deviceNames(request));
  const body: readonly CardElement[] = [
    text(title, { size: 'small', isSubtle: true }),
    text(device, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
    ...lines.map((line) => text(line, { spacing: 'small' })),
    input,
  ];
  return card(words`${title}: ${device}`, body, [go, showCardButton(request, say.buttons.cancel)]);
}

/** Of many it would be a long list, and the card above has it. */
const mostOthers = 5;

function othersWords(say: Catalogue, joined: readonly Collection[]): readonly Words[] {
  if (joined.length <= mostOthers) return joined.flatMap((each) => joinedWords(say, each));
  return [say.forms.manyOfOthers(joined.length)];
}

function joinedWords(say: Catalogue, collection: Collection): readonly Words[] {
  if (!('action' in collection)) return [];
  return [say.forms.ofOthers(deviceName(collection.device), starter(say, collection.action))];
}

function isUnsent({ state }: Collection): boolean {
  return state === 'queued' || state === 'awaitingSignIn';
}
