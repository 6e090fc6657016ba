/** The tab's page begins here. */
import { tabWordsIn } from '../../../cards/tab-words.ts';
import { languageOf } from '../../../src/domain/language.ts';
import { CollectionCard } from './collection-card.ts';
import { CollectionFilters } from './collection-filters.ts';
import { CollectionList } from './collection-list.ts';
import { CollectionsApp } from './collections-app.ts';
import { element } from './element.ts';
import { notice, noticeWithLink } from './notice.ts';
import { meetTeams } from './teams-host.ts';

customElements.define('collection-filters', CollectionFilters);
customElements.define('collection-list', CollectionList);
customElements.define('collection-card', CollectionCard);
customElements.define('collections-app', CollectionsApp);

const host = await meetTeams();
// Outside Teams it stays in the browser's language, in which the server has sent it.
const words = tabWordsIn(languageOf(document.documentElement.lang));
if (host === undefined) {
  const way = { title: words.openInTeams, url: document.body.dataset.tab ?? '' };
  document.body.append(main(noticeWithLink(words.outside, words.outsideHow, way)));
} else if (host.isSettingUp) {
  document.body.append(main(notice(words.title, words.setUp)));
} else {
  const app = new CollectionsApp(words);
  document.body.append(app);
  app.begin(host);
}

function main(content: HTMLElement): HTMLElement {
  return element('main', {}, element('h1', { text: words.title }), content);
}
