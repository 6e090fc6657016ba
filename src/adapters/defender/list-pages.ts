import type { CallWish } from '../../domain/call-budget.ts';
import type { DefenderFailure, DefenderResult } from '../../domain/defender-failure.ts';
import type { DefenderToken } from '../../domain/secret.ts';
import type { Log } from '../../ports.ts';
import { type Page, parseErrorBody, parsePage } from './bodies.ts';
import { type DefenderAnswer, type DefenderHttp, readRepeats } from './defender-http.ts';
import { type Condition, listQuery } from './odata.ts';

/** Rows asked for at once; the API allows 10,000. */
const pageSize = 1_000;
/** A list that goes on after that many pages is given up: half a list would pass for 'there is no such action'. */
const usualPages = 10;

/** A list to read, and how a row becomes a value. */
export interface List<Row> {
  /** What each page costs. */
  readonly wish: CallWish;
  readonly url: URL;
  /** For the log. */
  readonly path: string;
  readonly conditions: readonly Condition[];
  /** So many pages are enough, also where there are more; without it the whole list is wanted. */
  readonly enoughPages?: number;
  /** Undefined for a row that nobody can read: it is left out, and the log says so. */
  readonly parse: (row: unknown) => Row | undefined;
}

/** Reads every row of a list, page by page, each id once. */
export async function readList<Row extends { readonly id: string }>(
  http: DefenderHttp,
  log: Log,
  token: DefenderToken,
  list: List<Row>,
): Promise<DefenderResult<readonly Row[]>> {
  const rows = new Map<string, Row>();
  let seen = 0;
  let next: URL | undefined = pageAt(list, seen);
  for (let pages = 0; next !== undefined; pages += 1) {
    if (pages === list.enoughPages) break;
    if (pages === usualPages) return failed({ kind: 'unreadable', status: 200 });
    const answer = await http.send(token, { ...pageCall(list), url: next });
    if (isEmptyList(answer)) break;
    if (!answer.ok) return failed(answer.failure);
    const page = parsePage(answer.body);
    next = page === undefined ? undefined : nextPage(page, list, seen + page.entries.length);
    if (page === undefined || (page.nextLink !== undefined && next === undefined)) {
      return failed({ kind: 'unreadable', status: answer.status });
    }
    seen += page.entries.length;
    for (const row of parseRows(page.entries, list, log)) rows.set(row.id, row);
  }
  return { ok: true, value: [...rows.values()] };
}

function parseRows<Row>(entries: readonly unknown[], { parse, path }: List<Row>, log: Log): readonly Row[] {
  const rows = entries.map(parse).filter((row) => row !== undefined);
  const unread = entries.length - rows.length;
  if (unread > 0) log.warn({ call: 'defender', path, unread }, 'Rows of a list could not be read');
  return rows;
}

/** Defender may say 404 for an empty list. A proxy's page with that status is not Defender's word. */
function isEmptyList(answer: DefenderAnswer): boolean {
  if (answer.ok || answer.failure.kind !== 'answered' || answer.failure.status !== 404) return false;
  return answer.body === undefined || parseErrorBody(answer.body) !== undefined;
}

/**
 * A `nextLink` is followed on Defender's own origin only, because the token goes with it: undefined for another. Without
 * a link a full page may not be the last.
 */
function nextPage(page: Page, list: List<unknown>, seen: number): URL | undefined {
  if (page.nextLink !== undefined) {
    const link = URL.parse(page.nextLink, list.url.href);
    return link?.origin === list.url.origin ? link : undefined;
  }
  return page.entries.length < pageSize ? undefined : pageAt(list, seen);
}

function pageAt({ url, conditions }: List<unknown>, skip: number): URL {
  return new URL(`${url.href}${listQuery(conditions, pageSize, skip)}`);
}

function pageCall({ wish, path }: List<unknown>) {
  return { method: 'GET', wish, path, repeats: readRepeats } as const;
}

function failed(failure: DefenderFailure): DefenderResult<never> {
  return { ok: false, failure };
}
