/** The part of Adaptive Cards 1.5 that we use, and the only place that makes a button. */
import type { ChatUserId } from '../src/domain/ids.ts';
import type { CardAction, CardVerb } from './action.ts';
import { cardText } from './card-text.ts';
import { choiceText } from './choice-text.ts';
import type { AskAction, FormAction } from './form-action.ts';
import { spokenText } from './plain-text.ts';
import type { ListAction, PrivateAction } from './private-action.ts';
import type { Words } from './words.ts';

/** Meaning by background; a word always says the same. */
export type Tint = 'emphasis' | 'accent' | 'good' | 'warning' | 'attention';
type Spacing = 'none' | 'small' | 'default' | 'medium' | 'large';

/** A paragraph. Its text is Markdown, so it is made from `Words` only. */
export interface TextBlock {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly size?: 'small' | 'default' | 'medium' | 'large';
  readonly weight?: 'bolder';
  readonly isSubtle?: true;
  readonly fontType?: 'monospace';
  readonly spacing?: Spacing;
  readonly style?: 'heading';
}

/** Elements that belong together. */
export interface Container {
  readonly type: 'Container';
  readonly items: readonly CardElement[];
  readonly style?: Tint;
  readonly spacing?: Spacing;
  readonly separator?: true;
}

/** Pairs of a word and what it stands for. */
export interface FactSet {
  readonly type: 'FactSet';
  readonly facts: readonly { readonly title: string; readonly value: string }[];
  readonly spacing?: Spacing;
}

/** A field to type into. What is typed comes back in the click's data under `id`. */
export interface InputText {
  readonly type: 'Input.Text';
  readonly id: string;
  readonly label: string;
  readonly isMultiline: true;
  readonly isRequired: true;
  readonly errorMessage: string;
  readonly maxLength: number;
  /** What the client lets pass; the bot judges by its own parser. */
  readonly regex?: string;
  readonly value?: string;
  readonly placeholder?: string;
}

/** A list to pick one from. The picked `value` comes back in the click's data under `id`. */
export interface InputChoice {
  readonly type: 'Input.ChoiceSet';
  readonly id: string;
  readonly label: string;
  readonly style: 'expanded' | 'compact';
  readonly wrap: true;
  readonly isRequired: true;
  readonly errorMessage: string;
  readonly choices: readonly { readonly title: string; readonly value: string }[];
}

/** A box to tick. `true` or `false` comes back in the click's data under `id`. */
export interface InputToggle {
  readonly type: 'Input.Toggle';
  readonly id: string;
  readonly title: string;
  readonly value: 'true' | 'false';
  readonly wrap: true;
  readonly spacing?: Spacing;
}

/** Buttons in the middle of a card. */
interface ActionSet {
  readonly type: 'ActionSet';
  readonly actions: readonly Button[];
  readonly spacing?: Spacing;
}

/** What a card is made of. */
export type CardElement = TextBlock | Container | FactSet | InputText | InputChoice | InputToggle | ActionSet;

/** A button that comes back to the bot. */
export interface ExecuteButton {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: CardVerb | PrivateAction['verb'] | FormAction['verb'];
  readonly data: Readonly<Record<string, string | number>>;
  readonly style?: 'positive' | 'destructive';
  readonly associatedInputs?: 'none';
}

/** A button that opens an address. */
export interface LinkButton {
  readonly type: 'Action.OpenUrl';
  readonly title: string;
  readonly url: string;
}

/** Either kind of button. */
export type Button = ExecuteButton | LinkButton;

/** A whole card, as it goes into an attachment of type `application/vnd.microsoft.card.adaptive`. */
export interface AdaptiveCard {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly body: readonly CardElement[];
  readonly actions: readonly Button[];
  /** Those people's clients ask for their own view by themselves, as by a click on this button; at most 60. */
  readonly refresh?: { readonly action: ExecuteButton; readonly userIds: readonly ChatUserId[] };
  /** Whom a `<at>…</at>` in a text of the card means. */
  readonly msteams?: { readonly entities: readonly CardMention[] };
  /** For a client that cannot show the card; it is Markdown there too. */
  readonly fallbackText: string;
  readonly speak: string;
}

/** Somebody, or a tag of the team, who is notified of the card; `id` is a user name or the id of a tag. */
export interface CardMention {
  readonly type: 'mention';
  readonly text: string;
  readonly mentioned: { readonly id: string; readonly name: string; readonly type?: 'tag' };
}

/** What a button carries: everything of its action but what the person puts into the card. */
type Carried<Action> = Action extends unknown ? Omit<Action, 'reason' | 'device' | 'picked' | 'unticked'> : never;

/** Makes a button. Verb and data come from one action, so they cannot disagree. */
export function button(
  title: string,
  { verb, ...data }: Carried<CardAction>,
  look: Pick<ExecuteButton, 'style' | 'associatedInputs'> = {},
): ExecuteButton {
  return { type: 'Action.Execute', title, verb, data, ...look };
}

/** Makes a button of an answer that only its asker sees. What a list is about may be picked in the card. */
export function privateButton(
  title: string,
  { verb, ...data }: PrivateAction | Omit<ListAction, 'about'>,
  style?: ExecuteButton['style'],
): ExecuteButton {
  return { type: 'Action.Execute', title, verb, data, ...(style === undefined ? {} : { style }) };
}

/** Makes a button of the form that stands for a typed line; its fields are filled in by the person. */
export function formButton(
  title: string,
  { verb, ...data }: Exclude<FormAction, AskAction> | Omit<AskAction, 'devices' | 'why'>,
  look: Pick<ExecuteButton, 'style' | 'associatedInputs'> = {},
): ExecuteButton {
  return { type: 'Action.Execute', title, verb, data, ...look };
}

/** Makes a button that opens an address. */
export function linkButton(title: string, url: string): LinkButton {
  return { type: 'Action.OpenUrl', title, url };
}

/** Makes a paragraph. */
export function text(words: Words, look: Omit<TextBlock, 'type' | 'text' | 'wrap'> = {}): TextBlock {
  return { type: 'TextBlock', text: cardText(words), wrap: true, ...look };
}

/** Makes a group of elements. */
export function group(items: readonly CardElement[], look: Omit<Container, 'type' | 'items'> = {}): Container {
  return { type: 'Container', items, ...look };
}

/** Makes a list of pairs. */
export function facts(pairs: readonly (readonly [title: string, value: Words])[]): FactSet {
  return { type: 'FactSet', facts: pairs.map(([title, value]) => ({ title, value: cardText(value) })) };
}

/** Makes a list to pick one from. */
export function choices(
  input: Omit<InputChoice, 'type' | 'style' | 'wrap' | 'isRequired' | 'choices'>,
  options: readonly (readonly [title: Words, value: string])[],
  style: InputChoice['style'] = 'expanded',
): InputChoice {
  return {
    ...{ type: 'Input.ChoiceSet', ...input, style, wrap: true, isRequired: true },
    choices: options.map(([title, value]) => ({ title: choiceText(title), value })),
  };
}

/** Makes a box to tick. */
export function toggle(id: string, title: Words, isTicked: boolean, spacing?: Spacing): InputToggle {
  const value = isTicked ? 'true' : 'false';
  const look = spacing === undefined ? {} : { spacing };
  return { type: 'Input.Toggle', id, title: choiceText(title), value, wrap: true, ...look };
}

/** Makes a card. `summary` is the card in one sentence: for a client that cannot show it, and for one that reads it aloud. */
export function card(summary: Words, body: readonly CardElement[], actions: readonly Button[]): AdaptiveCard {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    body,
    actions,
    fallbackText: cardText(summary),
    speak: spokenText(summary),
  };
}
