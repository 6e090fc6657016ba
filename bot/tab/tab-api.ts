/** The routes below `/tab`: the page, its files, and what the page asks. */
import express, { type RequestHandler, type Response, Router } from 'express';
import { otherTenantAnswer } from '../../cards/answers.ts';
import { notShownAnswer } from '../../cards/tab-answers.ts';
import { parseCardId } from '../../cards/tab-card-id.ts';
import { depthOf } from '../json-depth.ts';
import { NotAdmittedError, refusals } from '../not-admitted.ts';
import { Sampler } from '../sampler.ts';
import { admit } from '../teams/admission.ts';
import { type PageLinks, pageHtml } from './page-html.ts';
import { openCard, pressButton, type TabCardPorts } from './tab-cards.ts';
import type { Caller, TabDoor } from './tab-door.ts';
import type { TabFile, TabFiles } from './tab-files.ts';
import { listRows } from './tab-list.ts';
import { incomingOf } from './tab-person.ts';
import { listQuery, pressed } from './wire.ts';

/** What the tab needs. */
export interface TabPorts extends TabCardPorts {
  readonly door: TabDoor;
  /** Undefined: nobody has built the page. */
  readonly files: TabFiles | undefined;
  readonly links: PageLinks;
  /** Notes by which user name somebody is known, for the audit. */
  readonly rememberUpn: (person: Caller['claims']['oid'], upn: string) => Promise<void>;
}

/** Larger than any button's data with a long reason in it. */
const bodyLimit = '64kb';
/** Deeper than any button's data. */
const mostLevels = 8;
const year = 31_536_000;

/** The routes. */
export function createTab(ports: TabPorts): RequestHandler {
  const routes = Router({ strict: true });
  const seen = new Sampler(() => performance.now());
  routes.get('/', (request, response) => {
    // Without the slash at the end the address is another one for Teams, too.
    if (!request.originalUrl.split('?')[0]?.endsWith('/')) response.redirect(308, '/tab/');
    else sendPage(ports, response);
  });
  for (const file of Object.values(ports.files ?? {})) {
    routes.get(`/${file.name}`, (request, response) => {
      sendFile(file, request.acceptsEncodings('br') !== false, response);
    });
  }
  routes.use('/api', (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  });
  routes.get(
    '/api/collections',
    letIn(ports, seen, async (caller, request, response) => {
      const query = listQuery.safeParse(request.query);
      const list = query.success ? await listRows(ports, caller, query.data) : undefined;
      if (list === undefined) response.status(400).json({ message: 'these filters cannot be read' });
      else response.json(list);
    }),
  );
  routes.get(
    '/api/cards/:id',
    letIn(ports, seen, async (caller, request, response) => {
      const id = parseCardId(String(request.params.id));
      if (id === undefined) response.json({ kind: 'text', text: notShownAnswer() });
      else response.json(await openCard(ports, caller, id));
    }),
  );
  routes.post(
    '/api/pressed',
    express.json({ limit: bodyLimit }),
    letIn(ports, seen, async (caller, request, response) => {
      const click = depthOf(request.body, mostLevels) > mostLevels ? undefined : pressed.safeParse(request.body);
      if (!click?.success) response.status(400).json({ message: 'this is no button' });
      else response.json(await pressButton(ports, caller, click.data));
    }),
  );
  return routes;
}

type Handler = (caller: Caller, ...wire: Parameters<RequestHandler>) => Promise<void>;

/** Nothing behind it runs for anybody whom the door and the other doors' rules do not let in. */
function letIn(ports: TabPorts, seen: Sampler, handle: Handler): RequestHandler {
  return async (request, response, next) => {
    const caller = await admitted(ports, seen, request.header('authorization'), response);
    if (caller === undefined) return;
    const admission = await admit(ports, incomingOf(caller), 'click');
    if (admission.kind === 'refused') {
      response.status(429).json({ message: admission.answer });
      return;
    }
    const { oid, upn } = caller.claims;
    if (upn !== undefined) await ports.rememberUpn(oid, upn);
    await handle(caller, request, response, next);
  };
}

/** @returns undefined when somebody was turned away, and has been told */
async function admitted(
  { door, log }: TabPorts,
  seen: Sampler,
  authorization: string | undefined,
  response: Response,
): Promise<Caller | undefined> {
  try {
    return await door(authorization);
  } catch (err) {
    if (!(err instanceof NotAdmittedError)) throw err;
    const { status } = err;
    seen.count(`tab ${status}`, (tally) => {
      if (status === 503) log.warn({ err, ...tally }, 'a caller of the tab could not be checked');
      else log.info({ status, why: err.message, ...tally }, 'turned a caller of the tab away');
    });
    response.status(status).json({ message: status === 403 ? otherTenantAnswer() : refusals[status] });
    return undefined;
  }
}

function sendPage({ files, links }: TabPorts, response: Response): void {
  if (files === undefined) {
    response.status(503).type('text').send('The tab has not been built: npm run build');
    return;
  }
  response.set('cache-control', 'no-cache').type('html').send(pageHtml(files, links));
}

function sendFile({ type, plain, brotli }: TabFile, takesBrotli: boolean, response: Response): void {
  response.set({ 'cache-control': `public, max-age=${year}, immutable`, vary: 'accept-encoding' }).type(type);
  if (takesBrotli) response.set('content-encoding', 'br').send(brotli);
  else response.send(plain);
}
