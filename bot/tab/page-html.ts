import { tabWordsIn } from '../../cards/tab-words.ts';
import type { Language } from '../../src/domain/language.ts';
import type { TabFiles } from './tab-files.ts';

/** Where Teams opens things; an attribute each, for the page's script. */
export interface PageLinks {
  /** The tab itself. */
  readonly tab: string;
  /** The 1:1 chat with the bot. */
  readonly chat: string;
}

/**
 * The page: nothing but its script and style, because the headers allow nothing inline.
 * @param language the browser's; in Teams the page goes on in that of Teams
 */
export function pageHtml({ script, style }: TabFiles, { tab, chat }: PageLinks, language: Language): string {
  const words = tabWordsIn(language);
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="stylesheet" href="/tab/${style.name}">
<script type="module" src="/tab/${script.name}"></script>
</head>
<body data-tab="${escaped(tab)}" data-chat="${escaped(chat)}">
<noscript>${words.noScript}</noscript>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
