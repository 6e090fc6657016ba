import { unreached } from '../../../bot/doctor/reach.ts';
import { assertFound } from './clinic.ts';

/** As `fetch` gives it. */
const failing = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) });

describe('the doctor, of a host that does not answer', () => {
  for (const [code, words] of [
    ['ENOTFOUND', /No name server here knows login\.example.*DEFENDER_CLOUD.*DNS/s],
    ['EAI_AGAIN', /No name server here knows/],
    ['SELF_SIGNED_CERT_IN_CHAIN', /certificate .* is not trusted here.*NODE_EXTRA_CA_CERTS/s],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', /is not trusted here/],
    ['UND_ERR_CONNECT_TIMEOUT', /no answer in time.*firewall/s],
    ['ECONNRESET', /could not be reached \(TypeError < ECONNRESET\)/],
  ] as const) {
    it(`knows ${code}`, () => assertFound(unreached('login.example', failing(code)), 'failed', words));
  }
});
