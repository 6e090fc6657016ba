import { cardMoment } from './dates.ts';
import { escapeForCard } from './markdown.ts';
import type { Piece, Words } from './words.ts';

/** Words for the text of a card, where Teams knows bold, links and card functions, but no inline code. */
export function cardText({ pieces }: Words): string {
  return pieces.map(pieceText).join('');
}

function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case 'ours':
      return piece.text;
    case 'theirs':
      return escapeForCard(piece.text);
    case 'strong':
    case 'code':
      return bold(piece.text);
    case 'mention':
      return bold(piece.person.name);
    case 'moment':
      return cardMoment(piece.at);
    case 'link':
      return `[${escapeForCard(piece.title)}](${piece.url})`;
  }
}

/** Two stars with nothing between them would be a line across the card. */
function bold(text: string): string {
  const escaped = escapeForCard(text);
  return escaped === '' ? '' : `**${escaped}**`;
}
