/** What keeps untrusted text from being read as markup. Property-tested against a Markdown renderer. */

/** Joiners that emoji and some scripts need; every other invisible format character goes. */
const invisible = /(?![\u200c\u200d])[\p{Cf}\p{Co}\p{Cs}]/gu;

/**
 * Untrusted text as one line that shows all it holds: line breaks and control characters become blanks, direction marks
 * and other invisible characters go (they can make a name read as another), lone surrogates too.
 */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Z}\s]+/gu, ' ')
    .replace(invisible, '')
    .replace(/ {2,}/g, ' ')
    .trim();
}

/**
 * Escapes a line for the text of a card, which Teams reads as Markdown. `<` covers mentions (`<at>`) and HTML, `{` the
 * card functions (`{{DATE(…)}}`), which are expanded before the Markdown is.
 */
export function escapeForCard(text: string): string {
  return escapeMarkdown(oneLine(text));
}

/**
 * Escapes a line for the text of a message, which Teams reads as Markdown and HTML: there only an entity keeps a `<`
 * from opening a tag.
 */
export function escapeForMessage(text: string): string {
  return escapeMarkdown(oneLine(text)).replace(/\\?&/g, '&amp;').replace(/\\</g, '&lt;').replace(/\\>/g, '&gt;');
}

/** Text between backticks: there nothing can be escaped, so what could end it or open a tag is left out. */
export function insideCode(text: string): string {
  return oneLine(text).replace(/[`<>&{}]/g, '');
}

function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*_[\]<>~{}]/g, '\\$&')
    .replace(/&(?=[#\w])/g, '\\&')
    .replace(/^(?=[-+#=])/, '\\')
    .replace(/^(\d+)(?=[.)])/, '$1\\');
}
