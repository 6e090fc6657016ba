/** The filters above the list. */
import type { TabWords } from '../../../cards/tab-words.ts';
import { rowStages } from '../../../src/domain/row-filter.ts';
import type { ListQuery } from '../wire.ts';
import { element, pushButton } from './element.ts';

/** Shown at first; Defender keeps 180 days. */
const usualDays = 30;
/** So long nothing is typed before the list is asked for. */
const typingPause = 400;

/** `<collection-filters>`: says by the event `filtered` that the list is another one now. */
export class CollectionFilters extends HTMLElement {
  readonly #words: TabWords;
  readonly #stage = element('select', { id: 'stage' });
  readonly #device = element('input', { id: 'device', set: { type: 'search', maxlength: '300', autocomplete: 'off' } });
  readonly #person = element('input', { id: 'person', set: { type: 'search', maxlength: '300', autocomplete: 'off' } });
  readonly #from = element('input', { id: 'from', set: { type: 'date' } });
  readonly #to = element('input', { id: 'to', set: { type: 'date' } });
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(words: TabWords) {
    super();
    this.#words = words;
  }

  connectedCallback(): void {
    if (this.firstChild !== null) return;
    const words = this.#words;
    this.#stage.append(element('option', { text: words.everyStage, set: { value: '' } }));
    for (const stage of rowStages) {
      this.#stage.append(element('option', { text: words.stages[stage], set: { value: stage } }));
    }
    this.#from.value = dayText(usualDays);
    const form = element(
      'form',
      { set: { role: 'search', 'aria-label': words.filters } },
      labelled(words.stage, this.#stage),
      labelled(words.device, this.#device),
      labelled(words.person, this.#person),
      labelled(words.from, this.#from),
      labelled(words.to, this.#to),
      pushButton(words.clear, () => this.clear()),
      pushButton(words.reload, () => this.#tell()),
    );
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#tell();
    });
    form.addEventListener('change', () => this.#tell());
    form.addEventListener('input', () => {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#tell(), typingPause);
    });
    this.append(form);
  }

  /** What is wanted now. A day counts in the person's own zone, and the last one is wanted, too. */
  get query(): ListQuery {
    const [from, to] = [startOf(this.#from.value), startOf(this.#to.value, 1)];
    const stage = rowStages.find((each) => each === this.#stage.value);
    const [device, person] = [this.#device.value.trim(), this.#person.value.trim()];
    return {
      from: from ?? 0,
      ...(to === undefined ? {} : { to }),
      ...(stage === undefined ? {} : { stage }),
      ...(device === '' ? {} : { device }),
      ...(person === '' ? {} : { person }),
    };
  }

  /** Whether anything but the usual time is set. */
  get isNarrowed(): boolean {
    const { stage, device, person, to } = this.query;
    return stage !== undefined || device !== undefined || person !== undefined || to !== undefined;
  }

  /** Back to the usual time, and all of it. */
  clear(): void {
    for (const field of [this.#stage, this.#device, this.#person, this.#to]) field.value = '';
    this.#from.value = dayText(usualDays);
    this.#tell();
  }

  #tell(): void {
    clearTimeout(this.#typing);
    this.dispatchEvent(new Event('filtered'));
  }
}

function labelled(title: string, field: HTMLInputElement | HTMLSelectElement): HTMLElement {
  return element('p', { class: 'field' }, element('label', { text: title, set: { for: field.id } }), field);
}

/** The local day so many days ago, as a date field writes it. */
function dayText(daysAgo: number): string {
  const day = new Date();
  day.setDate(day.getDate() - daysAgo);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}

/** When a local day begins, or one some days later. */
function startOf(text: string, daysLater = 0): number | undefined {
  const [year, month, day] = text.split('-').map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  return new Date(year, month - 1, day + daysLater).getTime();
}
