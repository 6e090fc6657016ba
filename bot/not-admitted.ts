import { decodeProtectedHeader } from 'jose';

/** Why somebody was turned away: 401 for who they are, 403 for what they may not do, 503 when nobody can tell now. */
export class NotAdmittedError extends Error {
  override readonly name = 'NotAdmittedError';
  readonly status: 401 | 403 | 503;

  constructor(status: 401 | 403 | 503, message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.status = status;
  }
}

/** A stranger learns nothing more. */
export const refusals = { 401: 'unauthorized', 403: 'forbidden', 503: 'try again later' } as const;

/**
 * The token of an `Authorization` header.
 * @throws NotAdmittedError when there is none, or it is no JWT
 */
export function bearerOf(authHeader: string | undefined): string {
  const token = /^Bearer (\S+)$/i.exec(authHeader ?? '')?.[1];
  if (token === undefined) throw new NotAdmittedError(401, 'there is no bearer token');
  try {
    decodeProtectedHeader(token);
  } catch (cause) {
    throw new NotAdmittedError(401, 'the bearer token is no JWT', { cause });
  }
  return token;
}
