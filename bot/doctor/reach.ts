/** Asks a host for something public, and says in an operator's words why it cannot be had. */
import ky from 'ky';
import { causeCodes } from '../../src/adapters/defender/unsent.ts';
import { parsedJson } from '../../src/adapters/parsed-json.ts';
import { second } from '../../src/domain/instant.ts';
import { type Finding, failed } from './finding.ts';

/** What came back. */
export type Reached =
  | { readonly kind: 'answered'; readonly status: number; readonly headers: Headers; readonly body: unknown }
  | { readonly kind: 'unreached'; readonly finding: Finding };

const patience = 8 * second;

/** GETs a URL without any token. A status is an answer, whichever it is; redirects are not followed. */
export async function reach(url: string): Promise<Reached> {
  try {
    const options = { timeout: patience, retry: 0, redirect: 'manual', throwHttpErrors: false } as const;
    const answer = await ky.get(url, options);
    const { status, headers } = answer;
    return { kind: 'answered', status, headers, body: parsedJson(await answer.text()) };
  } catch (error) {
    return { kind: 'unreached', finding: unreached(new URL(url).host, error) };
  }
}

/** What to do about a name that is not known, and about a way that is closed. */
export interface Advice {
  readonly name: string;
  readonly way: string;
}

const forHttps = (host: string): Advice => ({
  name: 'Check the variables that name hosts, DEFENDER_CLOUD first; then this machine’s DNS.',
  way: `Let this machine out to ${host} by HTTPS, through firewall and proxy.`,
});

/** Why a host gave no answer, by the codes along the error's causes. */
export function unreached(host: string, error: unknown, advice: Advice = forHttps(host)): Finding {
  const codes = causeCodes(error);
  if (/ENOTFOUND|EAI_AGAIN/.test(codes)) return failed(`No name server here knows ${host} (${codes}).`, advice.name);
  if (/CERT|SSL|TLS|ALTNAME|HOSTNAME_MISMATCH|INVALID_CA|LEAF_SIGNATURE/.test(codes)) {
    const fix =
      'If it is a private authority’s, or a proxy here reads TLS, give Node that authority by NODE_EXTRA_CA_CERTS.';
    return failed(`The certificate that ${host} shows is not trusted here (${codes}).`, fix);
  }
  const isLate = /TIMEOUT|TIMEDOUT|Timeout|Deadline/.test(codes);
  return failed(`${host} ${isLate ? 'gave no answer in time' : 'could not be reached'} (${codes}).`, advice.way);
}
