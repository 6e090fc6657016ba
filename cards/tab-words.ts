/** The words of the tab's page. Nothing else of the catalogue may be imported here: the page bundles it. */
import type { Language } from '../src/domain/language.ts';
import type { RowStage } from '../src/domain/row-filter.ts';
import type { Catalogue } from './language/catalogue.ts';
import { tabPage as english } from './language/english/tab-page.ts';
import { tabPage as german } from './language/german/tab-page.ts';

/** What the page says in one language. */
export type TabWords = Catalogue['tabPage'] & { readonly stages: Readonly<Record<RowStage, string>> };

const pages: Readonly<Record<Language, TabWords>> = { en: english, de: german };

/** The words for who reads the page. */
export function tabWordsIn(language: Language): TabWords {
  return pages[language];
}
