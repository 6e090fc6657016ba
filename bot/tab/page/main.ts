/** The tab's page begins here. */
import { tabWords } from '../../../cards/tab-words.ts';
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
if (host === undefined) {
  const way = { title: tabWords.openInTeams, url: document.body.dataset.tab ?? '' };
  document.body.append(main(noticeWithLink(tabWords.outside, tabWords.outsideHow, way)));
} else if (host.isSettingUp) {
  document.body.append(main(notice(tabWords.title, tabWords.setUp)));
} else {
  const app = new CollectionsApp();
  document.body.append(app);
  app.begin(host);
}

function main(content: HTMLElement): HTMLElement {
  return element('main', {}, element('h1', { text: tabWords.title }), content);
}
