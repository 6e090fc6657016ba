import { randomUUID } from 'node:crypto';
import type { WireAnswer } from './wire.ts';

/** Why Defender refuses (defender-api.md, 'Errors'). */
export type DefenderCode =
  | 'BadRequest'
  | 'ODataError'
  | 'InvalidInput'
  | 'InvalidRequestBody'
  | 'MissingRequiredParameter'
  | 'ActiveRequestAlreadyExists'
  | 'OsPlatformNotSupported'
  | 'ClientVersionNotSupported'
  | 'Unauthorized'
  | 'Forbidden'
  | 'DisabledFeature'
  | 'DisallowedOperation'
  | 'ResourceNotFound'
  | 'NotFound'
  | 'TooManyRequests'
  | 'InternalServerError';

const statuses: Readonly<Record<DefenderCode, number>> = {
  BadRequest: 400,
  ODataError: 400,
  InvalidInput: 400,
  InvalidRequestBody: 400,
  MissingRequiredParameter: 400,
  ActiveRequestAlreadyExists: 400,
  OsPlatformNotSupported: 400,
  ClientVersionNotSupported: 400,
  Unauthorized: 401,
  Forbidden: 403,
  DisabledFeature: 403,
  DisallowedOperation: 403,
  ResourceNotFound: 404,
  NotFound: 404,
  TooManyRequests: 429,
  InternalServerError: 500,
};

/** Defender's refusal as it goes over the wire, with a correlation id as `target`. */
export function defenderError(code: DefenderCode, message: string): WireAnswer {
  const target = randomUUID();
  return { status: statuses[code], body: { error: { code, message, target } }, note: { code, target } };
}

/** An OData error of the kind that comes with an empty code and no target (defender-api.md, 'Errors', observed). */
export function bareODataError(message: string): WireAnswer {
  return { status: 400, body: { error: { code: '', message } }, note: { code: '' } };
}
