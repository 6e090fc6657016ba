/** Reads single variables and notes what is wrong with each, so that the operator sees every fault in one go. */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { BadCertificate, readClientCertificate } from '../src/adapters/entra/certificate.ts';
import type { Instant } from '../src/domain/instant.ts';
import { Secret } from '../src/domain/secret.ts';

/** One variable that cannot be used, why, and what a good value looks like. */
export interface ConfigFault {
  readonly variable: string;
  readonly fault: string;
  readonly example: string;
}

/** The process' environment. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What a certificate file gives. */
export interface CertificateFile {
  readonly pem: Secret<'clientCertificate'>;
  readonly expiresAt: Instant;
}

const guid = z.guid();
const systemError = z.object({ code: z.string() });

/**
 * One reading of the environment. Unset, empty and blank mean the same. A fault repeats a value only where nobody would
 * put a secret by mistake: the client secret beside `MicrosoftAppId`, a password in a URL.
 */
export class ConfigReader {
  readonly faults: ConfigFault[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(variable: string): string | undefined {
    const value = this.#environment[variable]?.trim();
    return value === '' ? undefined : value;
  }

  /** Comma separated, without empty entries. */
  list(variable: string): readonly string[] {
    return (this.text(variable) ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  }

  oneOf<Word extends string>(variable: string, words: readonly [Word, ...Word[]]): Word | undefined {
    const value = this.text(variable);
    if (value === undefined) return undefined;
    const word = words.find((each) => each === value);
    if (word === undefined)
      this.fault(variable, `is '${clipped(value)}', but must be one of ${words.join(', ')}`, words[0]);
    return word;
  }

  number(variable: string, fallback: number, least: number, most: number): number {
    const value = this.text(variable);
    if (value === undefined) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= least && number <= most) return number;
    const fault = `is '${clipped(value)}', but must be a whole number from ${least} to ${most}`;
    this.fault(variable, fault, String(fallback));
    return fallback;
  }

  /** Everything the bot talks to is https: tokens travel there. Comes back without a slash at the end. */
  url(variable: string, example: string): string | undefined {
    const url = this.#https(variable, example);
    return url === undefined ? undefined : `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  }

  /** As `url`, for what the bot appends paths of its own to. */
  origin(variable: string, example: string): string | undefined {
    const url = this.#https(variable, example);
    if (url === undefined || url.pathname === '/') return url?.origin;
    this.fault(variable, 'must be an https URL without a path', example);
    return undefined;
  }

  /** A resource followed by `/.default`. */
  scope(variable: string): string | undefined {
    const value = this.text(variable);
    if (value === undefined || /^https:\/\/[^\s/]+(?:\/\S+)?\/\.default$/.test(value)) return value;
    const example = 'https://api.securitycenter.microsoft.com/.default';
    this.fault(variable, 'must be a resource followed by /.default', example);
    return undefined;
  }

  /** Host names or addresses, with a port where it is not 443: as `URL.host` writes them, to be compared exactly. */
  hosts(variable: string): readonly string[] {
    return this.list(variable).flatMap((entry) => {
      const host = hostOf(entry);
      if (host !== undefined) return [host];
      this.fault(variable, `names '${clipped(entry)}', which is no host name`, 'smba.example.com,127.0.0.1:8443');
      return [];
    });
  }

  /** A name or address to listen on. */
  listenHost(variable: string): string | undefined {
    const value = this.text(variable);
    if (value === undefined || isIP(value) > 0 || /^[a-z0-9.-]+$/i.test(value)) return value;
    this.fault(variable, `is '${clipped(value)}', but must be an address or a host name`, '0.0.0.0');
    return undefined;
  }

  /** A GUID in lower case. */
  guid(variable: string, what: string): string | undefined {
    const value = this.text(variable);
    const parsed = guid.safeParse(value);
    if (parsed.success) return parsed.data.toLowerCase();
    const fault = value === undefined ? `is missing: ${what}` : `must be a GUID: ${what}`;
    this.fault(variable, fault, '00000000-1111-2222-3333-444444444444');
    return undefined;
  }

  /** The PEM file that holds a key and its certificate, and when that ends. */
  certificate(variable: string, path: string): CertificateFile | undefined {
    try {
      const pem = readFileSync(path, 'utf8');
      const { expiresAt } = readClientCertificate(pem);
      return { pem: new Secret('clientCertificate', pem), expiresAt };
    } catch (error) {
      const code = systemError.safeParse(error);
      if (!(error instanceof BadCertificate) && !code.success) throw error;
      const why = error instanceof BadCertificate ? error.message : `it cannot be read (${code.data?.code})`;
      this.fault(variable, `names a file that is no use: ${why}`, '/run/secrets/collector.pem');
      return undefined;
    }
  }

  fault(variable: string, fault: string, example: string): void {
    this.faults.push({ variable, fault, example });
  }

  #https(variable: string, example: string): URL | undefined {
    const value = this.text(variable);
    if (value === undefined) return undefined;
    const url = URL.parse(value);
    const isPlain = url?.username === '' && url.password === '' && url.search === '' && url.hash === '';
    if (url?.protocol === 'https:' && isPlain) return url;
    this.fault(variable, 'must be an https URL without user, password or query', example);
    return undefined;
  }
}

/** The faults as the operator reads them: every one, with an example each. */
export function faultsText(faults: readonly ConfigFault[]): string {
  const lines = faults.map(({ variable, fault, example }) => `  ${variable}: ${fault}\n    for instance ${example}`);
  return `Collector cannot start: ${faults.length} setting(s) are missing or wrong.\n${lines.join('\n')}\n`;
}

function hostOf(entry: string): string | undefined {
  const url = URL.parse(`https://${entry}`);
  if (url === null || /[/\\?#@\s*]/.test(entry)) return undefined;
  const { host, hostname } = url;
  return isIP(hostname.replace(/^\[|\]$/g, '')) > 0 || /^[a-z0-9-]+(?:\.[a-z0-9-]+)*$/.test(hostname)
    ? host
    : undefined;
}

/** Enough of a value to recognise it, on one line. */
function clipped(value: string): string {
  const line = value.replace(/\p{C}/gu, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 40)}…`;
}
