import { element, pushButton } from './element.ts';
import { lineHtml } from './markdown.ts';

/** A state of the whole page: what is the matter, and the way on. */
export function notice(
  title: string,
  how: string,
  way?: { readonly title: string; readonly go: () => void },
): HTMLElement {
  const words = element('div');
  // Our own words, or our server's Markdown, in which everything of others is escaped.
  words.innerHTML = lineHtml(how);
  return element(
    'section',
    { class: 'notice' },
    element('h2', { text: title }),
    words,
    ...(way === undefined ? [] : [pushButton(way.title, way.go, { class: 'primary' })]),
  );
}

/** The same with a link, for where there is no Teams that could open anything. */
export function noticeWithLink(
  title: string,
  how: string,
  way: { readonly title: string; readonly url: string },
): HTMLElement {
  const made = notice(title, how);
  made.append(element('a', { class: 'primary', text: way.title, set: { href: way.url, rel: 'noopener' } }));
  return made;
}
