import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import ky from 'ky';
import { second } from '../../domain/instant.ts';
import type { Log } from '../../ports.ts';
import { EntraUnavailable, jsonObject, unavailableFrom } from './msal-network.ts';

/** One call to an endpoint on the machine itself; MSAL repeats it by the rules of that kind of host. */
const usualPatience = 3 * second;

/**
 * MSAL's way to the machine's identity endpoint, with the timeout that its own has not: off Azure the address leads
 * nowhere, and a call would hang. A status is MSAL's to judge, since its repeats hang on it.
 */
export function createIdentityNetwork(log: Log, patience = usualPatience): INetworkModule {
  const send = async <T>(method: 'get' | 'post', url: string, options?: NetworkRequestOptions) => {
    const { headers, body, correlationId = '' } = options ?? {};
    const fields = { call: 'identity', path: URL.parse(url)?.pathname };
    try {
      const response = await ky(url, {
        method,
        redirect: 'manual',
        timeout: false,
        totalTimeout: patience,
        throwHttpErrors: false,
        retry: 0,
        ...(headers === undefined ? {} : { headers }),
        ...(body === undefined ? {} : { body }),
      });
      const { status } = response;
      const text = await response.text();
      log.info({ ...fields, status }, 'the identity endpoint answered');
      const answer: NetworkResponse<T> = {
        status,
        headers: Object.fromEntries(response.headers),
        // An error's page may be anything; MSAL looks at the status, and crashes on what is no object.
        body: jsonObject<T>(status === 200 ? text : objectText(text), correlationId),
      };
      return answer;
    } catch (error) {
      const failed = error instanceof EntraUnavailable ? error : unavailableFrom(error, correlationId);
      log.warn({ ...fields, trouble: failed.trouble }, 'the identity endpoint gave no usable answer');
      throw failed;
    }
  };
  return {
    sendGetRequestAsync: (url, options) => send('get', url, options),
    sendPostRequestAsync: (url, options) => send('post', url, options),
  };
}

function objectText(text: string): string {
  return text.trimStart().startsWith('{') ? text : JSON.stringify({ error: 'unreadable' });
}
