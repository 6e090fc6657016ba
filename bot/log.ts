import { type Logger, pino } from 'pino';
import type { Log } from '../src/ports.ts';

/** The process' log: JSON lines on standard output, one event each. */
export function createLog(level: string): Log {
  return logOver(pino({ level, serializers: { err: describeError } }));
}

function logOver(logger: Logger): Log {
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
}

/**
 * Names, messages and stacks along the chain of causes, and nothing else: an error object of a client library
 * carries the request with its headers, and so somebody's token.
 */
export function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const { name, message, stack, cause } = error;
  return { name, message, stack, ...(cause === undefined ? {} : { cause: describeError(cause) }) };
}
