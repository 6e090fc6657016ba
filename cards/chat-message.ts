import type { Person } from '../src/domain/person.ts';
import { plainMoment } from './dates.ts';
import { escapeForMessage, insideCode, oneLine } from './markdown.ts';
import type { Piece, Words } from './words.ts';

/**
 * A message in the chat: Markdown, and whom it notifies. Each mention's `text` stands in the message literally
 * (`<at>Name</at>`), as Teams' mention entity wants it.
 */
export interface ChatMessage {
  readonly text: string;
  readonly mentions: readonly { readonly person: Person; readonly text: string }[];
}

/** Makes a message of one or more lines. */
export function chatMessage(...lines: readonly Words[]): ChatMessage {
  const mentions = new Map<string, ChatMessage['mentions'][number]>();
  for (const piece of lines.flatMap(({ pieces }) => pieces)) {
    if (piece.kind === 'mention')
      mentions.set(piece.person.chatUserId, { person: piece.person, text: tag(piece.person) });
  }
  return { text: lines.map(messageText).join('\n\n'), mentions: [...mentions.values()] };
}

/** Words for the text of a message. */
export function messageText({ pieces }: Words): string {
  return pieces.map(pieceText).join('');
}

function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case 'ours':
      return piece.text;
    case 'theirs':
      return escapeForMessage(piece.text);
    case 'strong':
      return bold(piece.text);
    case 'code':
      return `\`${insideCode(piece.text)}\``;
    case 'mention':
      return tag(piece.person);
    case 'moment':
      return plainMoment(piece.at);
    case 'link':
      return `[${escapeForMessage(piece.title)}](${piece.url})`;
  }
}

function bold(text: string): string {
  const escaped = escapeForMessage(text);
  return escaped === '' ? '' : `**${escaped}**`;
}

/**
 * The text of a mention has to be found again letter by letter, after Markdown and HTML: so a name loses what either
 * could change, rather than having it escaped.
 */
export function atTag(untrustedName: string): string {
  const name = oneLine(untrustedName.replace(/[\\`*_[\]<>&~{}#|]/g, ' '));
  return `<at>${name === '' ? 'somebody' : name}</at>`;
}

function tag(person: Person): string {
  return atTag(person.name);
}
