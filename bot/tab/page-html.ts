import { tabWords } from '../../cards/tab-words.ts';
import type { TabFiles } from './tab-files.ts';

/** Where Teams opens things; an attribute each, for the page's script. */
export interface PageLinks {
  /** The tab itself. */
  readonly tab: string;
  /** The 1:1 chat with the bot. */
  readonly chat: string;
}

/** The page: nothing but its script and style, because the headers allow nothing inline. */
export function pageHtml({ script, style }: TabFiles, { tab, chat }: PageLinks): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${tabWords.title}</title>
<link rel="stylesheet" href="/tab/${style.name}">
<script type="module" src="/tab/${script.name}"></script>
</head>
<body data-tab="${escaped(tab)}" data-chat="${escaped(chat)}">
<noscript>${tabWords.noScript}</noscript>
</body>
</html>
`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
