/** HTTP: the Bot Framework's messages, and what an operator's probes ask. */
import { createServer, type Server } from 'node:http';
import type { Activity, InvokeResponse } from 'botbuilder';
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { z } from 'zod';
import type { Telemetry } from '../src/adapters/telemetry/telemetry.ts';
import type { Log } from '../src/ports.ts';
import { depthOf } from './json-depth.ts';
import { NotAdmittedError, refusals } from './not-admitted.ts';
import { pageHeaders } from './page-headers.ts';
import { Sampler } from './sampler.ts';

/** What the server hands on. */
export interface ServerPorts {
  /** Runs the turn of an activity; throws `NotAdmittedError` for strangers. */
  readonly receive: (authorization: string | undefined, activity: Activity) => Promise<InvokeResponse | undefined>;
  /** Resolves when the store answers and the signing keys are loaded. */
  readonly ready: () => Promise<void>;
  /** The Teams client of the cloud, which may frame pages. */
  readonly teams: string;
  /** The page that runs inside Teams, and its API. */
  readonly tab: RequestHandler;
  readonly telemetry: Pick<Telemetry, 'metrics'>;
  readonly log: Log;
}

/** Larger than any activity that Teams sends to this bot. */
const bodyLimit = '256kb';
/** Deeper than any activity with a card in it; readers further in go down by recursion. */
const mostLevels = 64;
/** Only the parts that tell an activity from other JSON; `incoming.ts` reads the rest. */
const activityShape = z.looseObject({ type: z.string().min(1), channelId: z.string() });

/** Whoever sends slowly is cut off: headers within 10 s, all of a request within 30 s, looked at every 5 s. */
const slowest = { headersTimeout: 10_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/** The server, not yet listening. */
export function createHttpServer(ports: ServerPorts): Server {
  const server = createServer({ ...slowest, maxHeaderSize: 16_384 }, app(ports));
  server.keepAliveTimeout = 65_000;
  return server;
}

function app(ports: ServerPorts): Express {
  const routes = express();
  const seen = new Sampler(() => performance.now());
  routes.disable('x-powered-by');
  routes.use(pageHeaders(ports.teams));
  routes.get('/healthz', (_request, response) => {
    response.type('text').send('ok');
  });
  routes.get('/readyz', (_request, response) => isReady(ports, seen, response));
  routes.post('/api/messages', express.json({ limit: bodyLimit }), (request, response) =>
    onMessages(ports, seen, request, response),
  );
  routes.use('/tab', countingRefusals(ports), ports.tab);
  routes.use((_request, response) => {
    response.status(404).type('text').send('not found');
  });
  routes.use(onError(ports.log));
  return routes;
}

async function isReady({ ready, log }: ServerPorts, seen: Sampler, response: Response): Promise<void> {
  try {
    await ready();
    response.type('text').send('ready');
  } catch (err) {
    seen.count('not ready', (tally) => log.warn({ err, ...tally }, 'not ready'));
    response.status(503).type('text').send('not ready');
  }
}

async function onMessages(
  { receive, telemetry: { metrics }, log }: ServerPorts,
  seen: Sampler,
  request: Request,
  response: Response,
): Promise<void> {
  const activity = readActivity(request.body);
  if (activity === undefined) {
    metrics.count('strangersRefused', { reason: 'unreadable' });
    response.status(400).type('text').send('this is no activity');
    return;
  }
  try {
    const answer = await receive(request.header('authorization'), activity);
    response.status(answer?.status ?? 200);
    if (answer?.body === undefined) response.end();
    else response.json(answer.body);
  } catch (err) {
    if (!(err instanceof NotAdmittedError)) throw err;
    metrics.count('strangersRefused', { reason: reasons[err.status] });
    seen.count(`${err.status}`, (tally) => {
      if (err.status === 503) log.warn({ err, ...tally }, 'an activity could not be checked');
      else log.info({ status: err.status, why: err.message, ...tally }, 'turned an activity away');
    });
    response.status(err.status).type('text').send(refusals[err.status]);
  }
}

/** By status, for the count of those who were turned away. */
const reasons = { 401: 'notSigned', 403: 'notAllowed', 503: 'notChecked' } as const;

function countingRefusals({ telemetry: { metrics } }: ServerPorts): RequestHandler {
  return (_request, response, next) => {
    response.once('finish', () => {
      const status = [401, 403, 503].find((each): each is keyof typeof reasons => each === response.statusCode);
      if (status !== undefined) metrics.count('strangersRefused', { reason: reasons[status] });
    });
    next();
  };
}

/** A parser: botbuilder's type promises far more than the wire does, so `incoming.ts` checks each field that is used. */
function readActivity(body: unknown): Activity | undefined {
  if (depthOf(body, mostLevels) > mostLevels) return undefined;
  const parsed = activityShape.safeParse(body);
  return parsed.success ? (parsed.data as unknown as Activity) : undefined;
}

const clientError = z.object({ status: z.int().min(400).max(499) });

function onError(log: Log): ErrorRequestHandler {
  return (err, _request, response, _next) => {
    const client = clientError.safeParse(err);
    if (client.success) {
      response.status(client.data.status).type('text').send('the body cannot be read');
      return;
    }
    log.error({ err }, 'a request failed');
    response.status(500).type('text').send('internal error');
  };
}
