/** Whether Entra takes the bot's credential, and for how long it still will: told before anybody stands at a card. */
import { judgeExchangeError } from '../src/adapters/entra/exchange-problem.ts';
import { day, type Instant, second } from '../src/domain/instant.ts';
import type { Log } from '../src/ports.ts';
import type { Credential } from './config.ts';

/** How long before its end a credential is worth a warning. */
export const expiryNotice = 30 * day;

/** While Entra is away nothing is known; a start often has to wait for others that start. */
const outagePause = 10 * second;

/** When the bot's credential ends, as far as the process can know. */
export type CredentialExpiry =
  | { readonly kind: 'known'; readonly expiresAt: Instant }
  /** A client secret does not say it: only Entra knows, and the one who made it. */
  | { readonly kind: 'unknown' }
  /** Azure renews a managed identity by itself. */
  | { readonly kind: 'never' };

/** When this credential ends. */
export function credentialExpiry(credential: Credential): CredentialExpiry {
  switch (credential.kind) {
    case 'certificate':
      return { kind: 'known', expiresAt: credential.expiresAt };
    case 'secret':
      return { kind: 'unknown' };
    case 'managedIdentity':
      return { kind: 'never' };
  }
}

/** What watching needs. */
export interface WatchPorts {
  readonly credential: Credential;
  /** Gets the bot's own token; throws where Entra does not give one. */
  readonly prove: () => Promise<unknown>;
  readonly clock: () => Instant;
  readonly log: Log;
}

/** A watch that goes on until it is stopped. */
export interface CredentialWatch {
  /** Resolves when Entra has been asked for the first time, whatever it said: its token is kept from then on. */
  readonly firstLook: Promise<void>;
  stop(): void;
}

/** Looks at the start and once a day; each replica for itself, since each has its own copy of the credential. */
export function watchCredential(ports: WatchPorts): CredentialWatch {
  let next: NodeJS.Timeout | undefined;
  let isStopped = false;
  const look = async () => {
    warnOfExpiry(ports);
    const pause = (await isAnswered(ports)) ? day : outagePause;
    if (!isStopped) next = setTimeout(() => void look(), pause).unref();
  };
  return {
    firstLook: look(),
    stop: () => {
      isStopped = true;
      clearTimeout(next);
    },
  };
}

function warnOfExpiry({ credential, clock, log }: WatchPorts): void {
  const expiry = credentialExpiry(credential);
  if (expiry.kind !== 'known') return;
  const left = expiry.expiresAt - clock();
  if (left >= expiryNotice) return;
  const fields = { credential: credential.kind, expiresAt: new Date(expiry.expiresAt), days: Math.floor(left / day) };
  if (left <= 0) log.error(fields, 'the bot’s credential has ended: nobody can be served until it is replaced');
  else log.warn(fields, 'the bot’s credential ends soon: replace it, and restart');
}

/** @returns false while Entra cannot be asked: an outage says nothing about the credential */
async function isAnswered({ credential, log, prove }: WatchPorts): Promise<boolean> {
  const fields = { credential: credential.kind };
  try {
    await prove();
    log.info(fields, 'Entra takes the bot’s credential');
    return true;
  } catch (err) {
    const isOutage = judgeExchangeError(err)?.needsOperator === false;
    if (isOutage) log.warn({ ...fields, err }, 'Entra could not be asked whether it takes the bot’s credential');
    else log.error({ ...fields, err }, 'Entra gave the bot no token of its own: check its Entra app and credential');
    return !isOutage;
  }
}
