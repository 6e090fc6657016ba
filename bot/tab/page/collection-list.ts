/** The list: a button for each collection. */
import type { TabWords } from '../../../cards/tab-words.ts';
import type { TabRow } from '../wire.ts';
import { element, pushButton } from './element.ts';

/** A row was chosen. */
export class RowChosen extends Event {
  readonly opens: string;

  constructor(opens: string) {
    super('chosen');
    this.opens = opens;
  }
}

/** `<collection-list>`: says by the event `chosen` which card is to be opened. */
export class CollectionList extends HTMLElement {
  readonly #words: TabWords;
  #chosen: string | undefined;

  constructor(words: TabWords) {
    super();
    this.#words = words;
  }

  /** Draws the rows; whoever stood on one stands on it again. */
  show(rows: readonly TabRow[], locale: string | undefined): void {
    const focused = this.contains(document.activeElement) ? document.activeElement?.id : undefined;
    const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    const list = element('ul', { set: { 'aria-label': this.#words.list } });
    list.append(...rows.map((row) => element('li', {}, this.#button(row, dates))));
    this.replaceChildren(list);
    if (focused !== undefined && focused !== '') document.getElementById(focused)?.focus();
  }

  /** Marks the row whose card is open. */
  mark(opens: string | undefined): void {
    this.#chosen = opens;
    for (const each of this.querySelectorAll('button')) markButton(each, opens);
  }

  /** Goes back to the row whose card was open. */
  focusChosen(): void {
    const chosen = [...this.querySelectorAll('button')].find(({ dataset }) => dataset.opens === this.#chosen);
    (chosen ?? this.querySelector('button'))?.focus();
  }

  #button({ id, opens, device, status, who, reason, at }: TabRow, dates: Intl.DateTimeFormat): HTMLButtonElement {
    const made = pushButton('', () => this.dispatchEvent(new RowChosen(opens)), {
      id: `row-${id}`,
      class: `row ${status.tint}`,
      set: { 'data-opens': opens },
    });
    const word = element('span', { class: 'status' });
    word.append(element('span', { text: status.icon, set: { 'aria-hidden': 'true' } }), ` ${status.word}`);
    made.append(
      element('span', { class: 'device', text: device }),
      word,
      element('span', { class: 'who', text: this.#words.askedBy(who, dates.format(at)) }),
      ...(reason === '' ? [] : [element('span', { class: 'reason', text: this.#words.quoted(reason) })]),
    );
    markButton(made, this.#chosen);
    return made;
  }
}

function markButton(button: HTMLButtonElement, chosen: string | undefined): void {
  if (button.dataset.opens === chosen) button.setAttribute('aria-current', 'true');
  else button.removeAttribute('aria-current');
}
