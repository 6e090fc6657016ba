import { isObject, type JsonObject, type JsonValue, listOf, memberOf, textOf } from './json.ts';

/** A button as a card carries it. */
export interface CardAction {
  readonly type: string;
  readonly title: string;
  readonly verb: string | undefined;
  readonly data: JsonValue | undefined;
  readonly url: string | undefined;
  readonly id: string | undefined;
}

const adaptive = 'application/vnd.microsoft.card.adaptive';

/** The Adaptive Cards of an activity, in order. */
export function cardsOf(activity: JsonObject): readonly JsonObject[] {
  return attachmentsOf(activity, adaptive);
}

/** The contents of the attachments of one type, in order. */
export function attachmentsOf(activity: JsonObject, contentType: string): readonly JsonObject[] {
  return listOf(activity, 'attachments')
    .filter((attachment) => textOf(attachment, 'contentType') === contentType)
    .map((attachment) => memberOf(attachment, 'content'))
    .filter((content) => isObject(content));
}

/** Every button of a card, also in containers, shown cards and `selectAction`. */
export function actionsOf(card: JsonObject): readonly CardAction[] {
  return [...nested(card)].filter((element) => element.type?.toString().startsWith('Action.')).map(cardAction);
}

/** A card as a person reads it: one line for each text, fact and input, then the buttons in brackets. */
export function cardText(card: JsonObject): string {
  const lines = listOf(card, 'body').flatMap(elementLines);
  const buttons = actionsOf(card).map((action) => `[${action.title}]`);
  return [...lines, ...(buttons.length > 0 ? [buttons.join(' ')] : [])].join('\n');
}

function cardAction(element: JsonObject): CardAction {
  return {
    type: textOf(element, 'type') ?? '',
    title: textOf(element, 'title') ?? '',
    verb: textOf(element, 'verb'),
    data: element.data,
    url: textOf(element, 'url'),
    id: textOf(element, 'id'),
  };
}

/** All elements in document order; `refresh` and `data` are no elements. */
function* nested(value: JsonValue | undefined): Generator<JsonObject> {
  if (isObject(value)) {
    yield value;
    for (const [name, member] of Object.entries(value)) {
      if (name !== 'refresh' && name !== 'data' && name !== 'msteams' && name !== 'authentication')
        yield* nested(member);
    }
  } else {
    for (const member of listOf({ value }, 'value')) yield* nested(member);
  }
}

function elementLines(element: JsonValue): readonly string[] {
  if (!isObject(element) || element.isVisible === false) return [];
  const type = textOf(element, 'type') ?? '';
  if (type === 'TextBlock') return [textOf(element, 'text') ?? ''];
  if (type === 'RichTextBlock') return [listOf(element, 'inlines').map(inlineText).join('')];
  if (type === 'FactSet')
    return listOf(element, 'facts').map((fact) => `${textOf(fact, 'title')}: ${textOf(fact, 'value')}`);
  if (type === 'Image') return [`(image: ${textOf(element, 'altText') ?? ''})`];
  if (type.startsWith('Input.')) return inputLines(element, type);
  return ['items', 'columns', 'rows', 'cells'].flatMap((name) => listOf(element, name)).flatMap(elementLines);
}

function inlineText(inline: JsonValue): string {
  return typeof inline === 'string' ? inline : (textOf(inline, 'text') ?? '');
}

function inputLines(element: JsonObject, type: string): readonly string[] {
  const label =
    textOf(element, 'label') ?? textOf(element, 'placeholder') ?? textOf(element, 'title') ?? textOf(element, 'id');
  const choices = listOf(element, 'choices').map((choice) => `  ( ) ${textOf(choice, 'title')}`);
  return [`${label ?? type}: ${textOf(element, 'value') ?? ''}`, ...choices];
}
