import { plainText } from './plain-text.ts';
import type { Words } from './words.ts';

/** What Markdown or a card function could take for its own; an underscore within a word is none of it. */
const markup = /[\\`*[\]<>~{}&#|]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu;

/**
 * Words for an entry of a list to pick from. Some clients read it as Markdown and some as plain text, so that what
 * could be markup is left out: escaped it would show its backslashes.
 */
export function choiceText(words: Words): string {
  return plainText(words)
    .replace(markup, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/^[-+= ]+/, '')
    .replace(/^(\d+)[.)](?= )/, '$1');
}
