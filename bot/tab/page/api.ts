/** What the page asks of its server, always with the person's own token. */
import type { Language } from '../../../src/domain/language.ts';
import {
  type CardAnswer,
  cardAnswer,
  type ListQuery,
  listAnswer,
  type Pressed,
  refusalAnswer,
  type TabList,
} from '../wire.ts';

/** Why there is no answer: the person has no token that is taken, or something else is wrong, in words where there are any. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
  readonly why: 'signedOut' | 'failed';
  /** What the server says to the person. */
  readonly says: string | undefined;

  constructor(why: 'signedOut' | 'failed', says?: string, options?: { readonly cause: unknown }) {
    super(says ?? why, options);
    this.why = why;
    this.says = says;
  }
}

/** Asks. Each call throws NoAnswerError. */
export class Api {
  readonly #token: () => Promise<string>;
  readonly #language: Language;

  constructor(token: () => Promise<string>, language: Language) {
    this.#token = token;
    this.#language = language;
  }

  async list(query: ListQuery): Promise<TabList> {
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
    return listAnswer.parse(await this.#ask(`collections?${search}`));
  }

  async open(id: string): Promise<CardAnswer> {
    return cardAnswer.parse(await this.#ask(`cards/${encodeURIComponent(id)}`));
  }

  async press(button: Pressed): Promise<CardAnswer> {
    const headers = { 'content-type': 'application/json' };
    return cardAnswer.parse(await this.#ask('pressed', { method: 'POST', headers, body: JSON.stringify(button) }));
  }

  async #ask(path: string, init: RequestInit = {}): Promise<unknown> {
    const response = await this.#fetch(path, init);
    if (response.ok) return await response.json();
    if (response.status === 401) throw new NoAnswerError('signedOut');
    throw new NoAnswerError('failed', await wordsOf(response));
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    let token: string;
    try {
      token = await this.#token();
    } catch (cause) {
      throw new NoAnswerError('signedOut', undefined, { cause });
    }
    try {
      return await fetch(`/tab/api/${path}`, {
        ...init,
        headers: { ...init.headers, 'accept-language': this.#language, authorization: `Bearer ${token}` },
      });
    } catch (cause) {
      throw new NoAnswerError('failed', undefined, { cause });
    }
  }
}

/** A proxy's page has none. */
async function wordsOf(response: Response): Promise<string | undefined> {
  const text = await response.text();
  if (!response.headers.get('content-type')?.includes('json')) return undefined;
  const parsed = refusalAnswer.safeParse(JSON.parse(text));
  return parsed.success ? parsed.data.message : undefined;
}
