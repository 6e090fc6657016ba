/** What Defender showed each person of late, so that a page that is drawn anew does not use up the calls. */
import type { Visible } from '../../src/app/list-visible.ts';
import type { AadObjectId } from '../../src/domain/ids.ts';
import { type Instant, minute } from '../../src/domain/instant.ts';

interface Entry {
  readonly since: Instant;
  readonly at: number;
  readonly visible: Promise<Visible>;
}

/** So long a list is shown again to a person who asks; what we know ourselves is joined anew each time. */
const usualAge = minute;
/** So long to a page that asks by itself: one that stands open all day must not use up what Defender allows. */
export const unaskedAge = 5 * minute;
/** Above this the oldest is forgotten. */
const mostPeople = 500;

/** Remembers each person's list for some minutes, in this process. One person's list is never another's. */
export class ListCache {
  readonly #entries = new Map<AadObjectId, Entry>();
  readonly #monotonic: () => number;

  /** @param monotonic milliseconds of a clock that nobody sets */
  constructor(monotonic: () => number) {
    this.#monotonic = monotonic;
  }

  /**
   * The list as it was read of late, if it goes back far enough; else reads it. Whoever asks meanwhile waits for the same
   * answer. What is no list is not kept: a sign-in may have mended it.
   * @param age in milliseconds: an older one is read anew
   */
  async get(
    person: AadObjectId,
    since: Instant,
    read: () => Promise<Visible>,
    age: number = usualAge,
  ): Promise<Visible> {
    const known = this.#fresh(person, age);
    if (known !== undefined && known.since <= since) return await known.visible;
    const entry: Entry = { since, at: this.#monotonic(), visible: read() };
    this.#entries.delete(person);
    this.#entries.set(person, entry);
    this.#forgetOldest();
    try {
      const visible = await entry.visible;
      if (visible.kind !== 'actions') this.#drop(person, entry);
      return visible;
    } catch (error) {
      this.#drop(person, entry);
      throw error;
    }
  }

  /** The newest list, however far it goes back; undefined where there is none of the last minutes. */
  async last(person: AadObjectId): Promise<Visible | undefined> {
    return await this.#fresh(person, unaskedAge)?.visible;
  }

  #fresh(person: AadObjectId, age: number): Entry | undefined {
    const known = this.#entries.get(person);
    return known !== undefined && this.#monotonic() - known.at < age ? known : undefined;
  }

  #drop(person: AadObjectId, entry: Entry): void {
    if (this.#entries.get(person) === entry) this.#entries.delete(person);
  }

  #forgetOldest(): void {
    const [oldest] = this.#entries.keys();
    if (this.#entries.size > mostPeople && oldest !== undefined) this.#entries.delete(oldest);
  }
}
