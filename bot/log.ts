import type { Writable } from 'node:stream';
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import { subjectIds } from '../src/adapters/telemetry/subject.ts';
import type { Log } from '../src/ports.ts';

/**
 * The process' log: JSON lines on standard output, one event each, whatever the texts in it hold. A line that is written while something is
 * done about a request has that request's id, and the conversation's, by itself.
 */
export function createLog(level: string, output: DestinationStream = destination(1)): Log {
  const serializers = { err: describeError, error: describeError };
  return logOver(pino({ level, serializers, mixin: () => ({ ...subjectIds() }) }, output));
}

/**
 * Where the log goes: whoever sits at a terminal gets lines to read, everybody else the JSON itself.
 * @param to a file descriptor or a stream
 */
export async function logOutput(isTerminal: boolean, to: number | Writable = 1): Promise<DestinationStream> {
  if (!isTerminal) return typeof to === 'number' ? destination(to) : to;
  const { default: pretty } = await import('pino-pretty');
  return pretty({ destination: to, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });
}

function logOver(logger: Logger): Log {
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

/** Longer chains of causes than this tell nothing new; one that bites its own tail would never end. */
const longestChain = 8;

/**
 * Names, messages and stacks along the chain of causes, and nothing else: an error object of a client library
 * carries the request with its headers, and so somebody's token. Messages can quote a body or a URL: what looks like a
 * token or stands in a URL's query is cut out of them.
 */
export function describeError(error: unknown, left = longestChain): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? withoutSecrets(error) : typeof error;
  const { name, message, stack, cause } = error;
  const described = { name, message: withoutSecrets(message), stack: withoutSecrets(stack ?? '') };
  return cause === undefined || left === 0 ? described : { ...described, cause: describeError(cause, left - 1) };
}

/** A JWT (or the beginning of one, which a parser's message quotes), a bearer header, the query of a URL. */
function withoutSecrets(text: string): string {
  return text
    .replace(/\beyJ[\w-]{3,}(?:\.[\w-]*)*/g, '[token]')
    .replace(/\bBearer\s+\S+/gi, 'Bearer [token]')
    .replace(/(https?:\/\/[^\s?"'<>]+)\?[^\s"'<>]*/gi, '$1?[query]');
}
