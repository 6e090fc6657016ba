/**
 * Whether a request surely did not reach the server, told from the error that `fetch` gave. When in doubt it may have:
 * then a POST is looked up and not repeated.
 */
import { z } from 'zod';

/** Codes of Node's TLS layer that end a handshake before any request is written. */
const handshakeCodes = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE',
  'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  'ERR_SSL_UNSUPPORTED_PROTOCOL',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** A connection that was never there: unknown name, nobody listening, no route, no answer to the connect. */
const unconnectedSyscalls = new Set(['connect', 'getaddrinfo']);
const connectTimeout = 'UND_ERR_CONNECT_TIMEOUT';
/** Node gives a reset during the handshake the code of any other reset; only its text differs. */
const resetInHandshake = 'Client network socket disconnected before secure TLS connection was established';

const nodeError = z.object({
  code: z.string().optional().catch(undefined),
  syscall: z.string().optional().catch(undefined),
  message: z.string().catch(''),
  errors: z.array(z.unknown()).catch([]),
});

/** True only when the cause of a failed `fetch` proves that the request was not written. */
export function surelyUnsent(error: unknown): boolean {
  const [root] = causes(error).slice(-1);
  const parsed = nodeError.safeParse(root);
  if (!parsed.success) return false;
  const { code, syscall, message, errors } = parsed.data;
  // Several addresses were tried: each has to have failed that early.
  if (errors.length > 0) return errors.every(surelyUnsent);
  if (syscall !== undefined && unconnectedSyscalls.has(syscall)) return true;
  if (code === connectTimeout || (code !== undefined && handshakeCodes.has(code))) return true;
  return code === 'ECONNRESET' && message === resetInHandshake;
}

/** Names and codes along the causes, for a log: never the messages, which may quote a header. */
export function causeCodes(error: unknown): string {
  const named = z.object({ name: z.string(), code: z.string().optional().catch(undefined) });
  return causes(error)
    .map((each) => named.safeParse(each).data)
    .map((each) => each?.code ?? each?.name ?? 'unknown')
    .join(' < ');
}

/** The error, its cause, the cause of that, and so on. */
function causes(error: unknown): readonly unknown[] {
  const chain: unknown[] = [];
  for (let each = error; each !== undefined && !chain.includes(each); ) {
    chain.push(each);
    each = each instanceof Error ? each.cause : undefined;
  }
  return chain;
}
