/**
 * A sentence, before it is known where it will be read. Our own English is told apart from what people, devices and
 * Defender wrote, so that nothing of theirs can become markup: whatever a template interpolates as plain text is theirs.
 * `card-text.ts`, `chat-message.ts` and `plain-text.ts` turn it into what each place understands.
 */
import type { Instant } from '../src/domain/instant.ts';
import type { Person } from '../src/domain/person.ts';

/** A part of a sentence. */
export type Piece =
  /** Our own words. They hold no markup. */
  | { readonly kind: 'ours'; readonly text: string }
  /** Untrusted text, shown as it is. */
  | { readonly kind: 'theirs'; readonly text: string }
  /** Set in bold; the text is treated as untrusted. */
  | { readonly kind: 'strong'; readonly text: string }
  /** Something to type, as it is typed. */
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'moment'; readonly at: Instant }
  | { readonly kind: 'link'; readonly title: string; readonly url: string }
  /** Somebody; in a message they are notified. */
  | { readonly kind: 'mention'; readonly person: Person };

/** One line of words. */
export interface Words {
  readonly pieces: readonly Piece[];
}

/** What a `words` template takes: untrusted text, a number, a piece, or words made before. */
export type Filling = string | number | Piece | Words;

/** Makes words: the template's own text is ours, each text that is filled in is theirs. */
export function words(ours: TemplateStringsArray, ...fillings: readonly Filling[]): Words {
  const pieces = ours.flatMap((text, i): readonly Piece[] => {
    const filling = fillings[i];
    return [...ownPiece(text), ...(filling === undefined ? [] : piecesOf(filling))];
  });
  return { pieces };
}

/** Several lines as one, a blank between them. */
export function inOneLine(...lines: readonly Words[]): Words {
  return { pieces: lines.flatMap(({ pieces }, i) => (i === 0 ? pieces : [...ownPiece(' '), ...pieces])) };
}

/** Bold. */
export function strong(text: string): Piece {
  return { kind: 'strong', text };
}

/** Something to type. */
export function code(text: string): Piece {
  return { kind: 'code', text };
}

/** A moment. */
export function moment(at: Instant): Piece {
  return { kind: 'moment', at };
}

/** A link; `url` is ours, never untrusted. */
export function link(title: string, url: string): Piece {
  return { kind: 'link', title, url };
}

/** A mention of somebody. */
export function mention(person: Person): Piece {
  return { kind: 'mention', person };
}

function piecesOf(filling: Filling): readonly Piece[] {
  if (typeof filling === 'string') return [{ kind: 'theirs', text: filling }];
  if (typeof filling === 'number') return ownPiece(String(filling));
  return 'pieces' in filling ? filling.pieces : [filling];
}

function ownPiece(text: string): readonly Piece[] {
  return text === '' ? [] : [{ kind: 'ours', text }];
}
