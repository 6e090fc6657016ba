/**
 * The words of a language, by what is said. English is what the others are measured by: what it has and they lack, or the
 * other way round, does not compile. Which sentence is said, and in which order, is decided in `cards/`.
 */
import type { Language } from '../../src/domain/language.ts';
import type { Piece, Words } from '../words.ts';
import { english } from './english.ts';
import { german } from './german.ts';

/** Every subject's words in one language. */
export type Catalogue = InAnyLanguage<typeof english>;

/** The words of a language. */
export function catalogueOf(language: Language): Catalogue {
  return catalogues[language];
}

const catalogues: Readonly<Record<Language, Catalogue>> = { en: english, de: german };

/** The shape of what is said, without the English itself. */
type InAnyLanguage<Said> = Said extends string
  ? string
  : Said extends Words | Piece
    ? Said
    : Said extends (...fillings: infer Fillings) => infer Sentence
      ? (...fillings: Fillings) => InAnyLanguage<Sentence>
      : { readonly [Key in keyof Said]: InAnyLanguage<Said[Key]> };
