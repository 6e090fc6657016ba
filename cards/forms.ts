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
import { isJoined, starter } from './ownership-words.ts';
import { tickData } from './ticks.ts';
import { type Words, words } from './words.ts';

/**
 * Asks for another reason, with the present one filled in.
 * @param unticked what stands unticked on the card, which the form hides
 */
export function editReasonForm(request: Request, unticked?: readonly number[]): AdaptiveCard {
  const title = words`Edit the reason`;
  const go = button('Continue', { verb: 'saveReason', ...on(request) }, { style: 'positive' });
  return form(title, request, {
    lines: [words`It goes into Defender’s comment, and everybody in this conversation sees it.`],
    input: { ...reasonInput, label: 'Reason', value: request.reason },
    go: { ...go, data: { ...go.data, ...tickData(unticked) } },
  });
}

/** Of many packages: asks whose link is wanted. */
export function downloadForm(request: Request): AdaptiveCard {
  const packages = collectionsOf(request).filter(({ state }) => state === 'succeeded');
  const list = choices(
    { id: 'picked', label: 'Device', errorMessage: 'Pick one of the devices.' },
    packages.map(({ id, device }) => [words`${clipped(deviceName(device), longestChoice)}`, id]),
    'compact',
  );
  return form(words`Get a download link`, request, {
    lines: [words`The link is for you alone, if your own Defender role allows it.`],
    input: list,
    go: button('Continue', { verb: 'downloadPicked', ...on(request) }, { style: 'positive' }),
  });
}

/** Fifty of them fit into a card. */
const longestChoice = 80;

/** Asks why a running collection is to be stopped. Whose it is is said where it is somebody else's. */
export function cancelCollectionForm(request: Request): AdaptiveCard {
  const others = othersWords(collectionsOf(request).filter(isJoined));
  return form(words`Cancel the collection`, request, {
    lines: [
      ...others,
      ...(collectionsOf(request).some(isUnsent) ? [unsentWords(request.requester.name)] : []),
      words`Defender is asked to stop it, in your name. It may still finish before it is stopped; the card then says so.`,
    ],
    input: { ...reasonInput, label: 'Why it is cancelled', placeholder: 'for instance: wrong device' },
    go: button('Continue', { verb: 'cancelCollection', ...on(request) }, { style: 'destructive' }),
  });
}

/** Asks why a request is denied. */
export function denyForm(request: AwaitingApproval): AdaptiveCard {
  return form(words`Deny the collection`, request, {
    lines: [
      words`${request.requester.name} asks for it: “${request.reason}”. Everybody in this conversation sees why you deny it.`,
    ],
    input: { ...reasonInput, label: 'Why it is denied', placeholder: 'for instance: no alert on this device' },
    go: button('Continue', { verb: 'deny', ...on(request) }, { style: 'destructive' }),
  });
}

const reasonInput = {
  type: 'Input.Text',
  id: 'reason',
  isMultiline: true,
  isRequired: true,
  errorMessage: `Say why, in 1 to ${longestReason.toLocaleString('en')} characters.`,
  maxLength: longestReason,
} as const satisfies Omit<InputText, 'label'>;

interface FormParts {
  readonly lines: readonly Words[];
  readonly input: InputText | InputChoice;
  readonly go: ReturnType<typeof button>;
}

function form(title: Words, request: Request, { lines, input, go }: FormParts): AdaptiveCard {
  const device = devicesTitle(deviceNames(request));
  const body: readonly CardElement[] = [
    text(title, { size: 'small', isSubtle: true }),
    text(device, { size: 'large', weight: 'bolder', style: 'heading', spacing: 'none' }),
    ...lines.map((line) => text(line, { spacing: 'small' })),
    input,
  ];
  return card(words`${title}: ${device}`, body, [go, showCardButton(request, 'Cancel')]);
}

/** Of many it would be a long list, and the card above has it. */
const mostOthers = 5;

function othersWords(joined: readonly Collection[]): readonly Words[] {
  if (joined.length <= mostOthers) return joined.flatMap(joinedWords);
  return [
    words`Mind: ${joined.length} of these collections were started by others, as the card says. Cancelling stops them for everybody.`,
  ];
}

function joinedWords(collection: Collection): readonly Words[] {
  if (!('action' in collection)) return [];
  const whose = starter(collection);
  return [
    words`Mind: the collection on ${deviceName(collection.device)} was started by ${whose}. Cancelling stops it for them, too.`,
  ];
}

function isUnsent({ state }: Collection): boolean {
  return state === 'queued' || state === 'awaitingSignIn';
}

function unsentWords(requester: string): Words {
  return words`What was not sent yet is taken back at once, if ${requester} presses.`;
}
