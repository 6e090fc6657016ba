/** The chosen collection's card, drawn by Microsoft's own renderer from the same JSON as in the chat. */
import { type Action, AdaptiveCard, ExecuteAction, HostConfig, OpenUrlAction } from 'adaptivecards';
import type { TabWords } from '../../../cards/tab-words.ts';
import type { CardAnswer, Pressed } from '../wire.ts';
import { element, pushButton } from './element.ts';
import { hostConfig } from './host-config.ts';
import { lineHtml } from './markdown.ts';

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = lineHtml(text);
  result.didProcess = true;
};

/** A button of the card was pressed, or a link. */
export class CardPressed extends Event {
  readonly button: Pressed;

  constructor(button: Pressed) {
    super('pressed');
    this.button = button;
  }
}

/** An address is to be opened. */
export class LinkChosen extends Event {
  readonly url: string;

  constructor(url: string) {
    super('link', { bubbles: true });
    this.url = url;
  }
}

/** `<collection-card>`: says by `pressed`, `link` and `closed` what the person wants. */
export class CollectionCard extends HTMLElement {
  readonly #words: TabWords;
  readonly #place = element('div', { class: 'card' });
  readonly #line = element('div', { class: 'line', set: { role: 'status' } });

  constructor(words: TabWords) {
    super();
    this.#words = words;
  }

  connectedCallback(): void {
    if (this.firstChild !== null) return;
    for (const [name, value] of Object.entries({ role: 'region', 'aria-label': this.#words.card, tabindex: '-1' })) {
      this.setAttribute(name, value);
    }
    const back = pushButton(this.#words.back, () => this.dispatchEvent(new Event('closed')), { class: 'back' });
    this.append(back, this.#line, this.#place);
    this.clear();
  }

  /** No card is open. */
  clear(): void {
    this.say(this.#words.choose);
    this.#place.replaceChildren();
  }

  /** A line of our own, beside the card. */
  say(text: string): void {
    this.#line.textContent = text;
  }

  /** While the server is at work nothing can be pressed twice. */
  setBusy(isBusy: boolean): void {
    this.setAttribute('aria-busy', String(isBusy));
    for (const each of this.#place.querySelectorAll('button')) each.disabled = isBusy;
  }

  /** Shows what the server answered. A line leaves the card as it is. */
  show(answer: CardAnswer): void {
    if (answer.kind === 'text') {
      // Our server's own Markdown, in which everything of others is escaped, drawn by a renderer that knows no HTML.
      this.#line.innerHTML = lineHtml(answer.text);
      return;
    }
    this.say('');
    this.#place.replaceChildren(this.#drawn(answer.card));
  }

  #drawn(json: object): Node {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(hostConfig);
    card.onExecuteAction = (action) => this.#execute(action);
    card.onAnchorClicked = (_element, anchor) => {
      this.dispatchEvent(new LinkChosen(anchor.href));
      return true;
    };
    card.parse(json);
    return card.render() ?? element('p', { text: this.#words.failed });
  }

  #execute(action: Action): void {
    if (action instanceof OpenUrlAction && action.url !== undefined) this.dispatchEvent(new LinkChosen(action.url));
    if (action instanceof ExecuteAction) {
      this.dispatchEvent(new CardPressed({ verb: action.verb, data: { ...action.data } }));
    }
  }
}
