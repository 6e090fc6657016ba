import { plainMoment } from './dates.ts';
import { oneLine } from './markdown.ts';
import type { Piece, Words } from './words.ts';

/** Words where nothing is markup: a notification's summary, or a log of what was said. */
export function plainText({ pieces }: Words): string {
  return pieces.map(pieceText).join('');
}

/** Words to be read aloud: `speak` may be read as SSML, so nothing in it may look like a tag or an entity. */
export function spokenText(words: Words): string {
  return plainText(words).replace(/[<>&]+/g, ' ');
}

function pieceText(piece: Piece): string {
  switch (piece.kind) {
    case 'ours':
      return piece.text;
    case 'theirs':
    case 'strong':
    case 'code':
      return oneLine(piece.text);
    case 'mention':
      return oneLine(piece.person.name);
    case 'moment':
      return plainMoment(piece.at);
    case 'link':
      return piece.title;
  }
}
