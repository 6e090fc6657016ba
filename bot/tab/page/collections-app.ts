/** The whole page inside Teams: filters, list and card, and what is said when something is missing. */
import type { TabWords } from '../../../cards/tab-words.ts';
import { languageOf } from '../../../src/domain/language.ts';
import type { CardAnswer, Pressed, TabList } from '../wire.ts';
import { Api, NoAnswerError } from './api.ts';
import { CardPressed, CollectionCard, LinkChosen } from './collection-card.ts';
import { CollectionFilters } from './collection-filters.ts';
import { CollectionList, RowChosen } from './collection-list.ts';
import { element } from './element.ts';
import { lineHtml } from './markdown.ts';
import { notice } from './notice.ts';
import type { TeamsHost } from './teams-host.ts';

/** As often an open page asks the server anew, which asks Defender less often for that. */
const reloadEvery = 60_000;

/** `<collections-app>` */
export class CollectionsApp extends HTMLElement {
  readonly #words: TabWords;
  readonly #filters: CollectionFilters;
  readonly #list: CollectionList;
  readonly #card: CollectionCard;
  readonly #state = element('div', { class: 'state' });
  readonly #count = element('p', { class: 'count', set: { role: 'status' } });
  readonly #note = element('div', { class: 'note', set: { role: 'status' } });
  #host: TeamsHost | undefined;
  #api: Api | undefined;
  /** The newest question; an answer to an older one comes too late. */
  #asked = 0;

  constructor(words: TabWords) {
    super();
    this.#words = words;
    this.#filters = new CollectionFilters(words);
    this.#list = new CollectionList(words);
    this.#card = new CollectionCard(words);
  }

  /** Begins, once Teams is there. */
  begin(host: TeamsHost): void {
    this.#host = host;
    this.#api = new Api(host.token, languageOf(host.locale));
    const columns = element('div', { class: 'columns' }, element('div', {}, this.#state, this.#list), this.#card);
    const title = element('h1', { text: this.#words.title });
    this.append(element('main', {}, title, this.#filters, this.#note, this.#count, columns));
    this.#filters.addEventListener('filtered', () => void this.#load());
    this.#list.addEventListener('chosen', (event) => {
      if (event instanceof RowChosen) void this.#open(event.opens);
    });
    this.#card.addEventListener('pressed', (event) => {
      if (event instanceof CardPressed) void this.#press(event.button);
    });
    this.#card.addEventListener('link', (event) => {
      if (event instanceof LinkChosen) host.open(event.url);
    });
    this.#card.addEventListener('closed', () => this.#close());
    setInterval(() => {
      if (document.visibilityState === 'visible') void this.#load('unasked');
    }, reloadEvery);
    this.#note.hidden = true;
    this.#state.replaceChildren(element('p', { text: this.#words.loading, set: { role: 'status' } }));
    void this.#load();
    if (host.wanted !== undefined) void this.#open(host.wanted);
  }

  async #load(why: 'asked' | 'unasked' = 'asked'): Promise<void> {
    if (this.#api === undefined) return;
    this.#asked += 1;
    const asked = this.#asked;
    this.setAttribute('aria-busy', 'true');
    try {
      const unasked = why === 'unasked' ? ({ unasked: 'yes' } as const) : {};
      const list = await this.#api.list({ ...this.#filters.query, ...unasked });
      if (asked === this.#asked) this.#showList(list);
    } catch (error) {
      if (asked === this.#asked) this.#showFailure(error);
    } finally {
      if (asked === this.#asked) this.removeAttribute('aria-busy');
    }
  }

  #showList({ rows, isCut, note }: TabList): void {
    this.dataset.state = rows.length > 0 ? 'rows' : 'empty';
    this.#state.replaceChildren(...(rows.length > 0 ? [] : [this.#emptyNotice()]));
    this.#list.show(rows, this.#host?.locale);
    const cut = isCut ? ` ${this.#words.cut}` : '';
    this.#count.textContent = `${this.#words.found(rows.length)}.${cut}`;
    this.#note.hidden = note === undefined;
    // Our server's Markdown, in which everything of others is escaped.
    this.#note.innerHTML = note === undefined ? '' : lineHtml(note);
  }

  #emptyNotice(): HTMLElement {
    if (this.#filters.isNarrowed) {
      return notice(this.#words.nothingFits, '', { title: this.#words.clear, go: () => this.#filters.clear() });
    }
    const chat = document.body.dataset.chat;
    const way = chat === undefined ? undefined : { title: this.#words.openChat, go: () => this.#host?.open(chat) };
    return notice(this.#words.empty, this.#words.emptyHow, way);
  }

  #showFailure(error: unknown): void {
    const isSignedOut = error instanceof NoAnswerError && error.why === 'signedOut';
    if (!isSignedOut) console.error(error);
    this.dataset.state = isSignedOut ? 'signedOut' : 'failed';
    this.#list.show([], undefined);
    this.#count.textContent = '';
    this.#note.hidden = true;
    const says = error instanceof NoAnswerError ? error.says : undefined;
    const again = () => void this.#load();
    this.#state.replaceChildren(
      isSignedOut
        ? notice(this.#words.signedOut, this.#words.signedOutHow, { title: this.#words.signIn, go: again })
        : notice(this.#words.failed, says ?? this.#words.failedHow, { title: this.#words.again, go: again }),
    );
  }

  async #open(id: string): Promise<void> {
    this.#list.mark(id);
    this.dataset.open = 'card';
    await this.#answer(this.#words.opening, (api) => api.open(id));
    this.#card.focus();
  }

  async #press(button: Pressed): Promise<void> {
    const answer = await this.#answer(this.#words.working, (api) => api.press(button));
    if (answer === undefined) return;
    if (answer.kind === 'card') this.#card.say(this.#afterwards(button));
    this.#card.focus();
    void this.#load();
  }

  async #answer(meanwhile: string, ask: (api: Api) => Promise<CardAnswer>): Promise<CardAnswer | undefined> {
    if (this.#api === undefined) return undefined;
    this.#card.say(meanwhile);
    this.#card.setBusy(true);
    try {
      const answer = await ask(this.#api);
      this.#card.setBusy(false);
      this.#card.show(answer);
      return answer;
    } catch (error) {
      console.error(error);
      this.#card.setBusy(false);
      this.#card.show({ kind: 'text', text: this.#wordsOf(error) });
      return undefined;
    }
  }

  #close(): void {
    delete this.dataset.open;
    this.#card.clear();
    this.#list.focusChosen();
    this.#list.mark(undefined);
  }

  /** What the card itself does not say. */
  #afterwards({ verb }: Pressed): string {
    if (verb === 'tryAgain' || verb === 'retryFailed') return this.#words.askedAgain;
    return verb === 'refresh' ? this.#words.done : '';
  }

  #wordsOf(error: unknown): string {
    const { failedHow, signedOut } = this.#words;
    if (!(error instanceof NoAnswerError)) return failedHow;
    return error.why === 'signedOut' ? signedOut : (error.says ?? failedHow);
  }
}
