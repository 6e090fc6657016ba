import { ServerError } from '@azure/msal-node';
import { refusalOfBot } from '../../../bot/doctor/entra-words.ts';
import type { Site } from '../../../bot/doctor/site.ts';
import { IdentityUnavailable } from '../../../src/adapters/entra/managed-identity.ts';
import { day, instantOf } from '../../../src/domain/instant.ts';
import { Secret } from '../../../src/domain/secret.ts';
import { known } from '../../build/ids.ts';
import { botApp } from '../../sandbox/app.ts';
import { assertFound, Clinic } from './clinic.ts';

const anotherGuid = '00000000-0000-4000-8000-0000000000ff';

describe('the doctor, of Entra and the bot’s credential', () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  afterEach(() => clinic.sandbox.faults.clear());
  after(() => clinic.close());

  it('finds both in order', async () => {
    assertFound(await clinic.look('entra'), 'ok', /knows the tenant/);
    assertFound(await clinic.look('credential'), 'ok', /for its client secret/);
  });

  it('says that Entra cannot be reached', async () => {
    const { entra } = clinic.sandbox.hosts;
    await entra.down();
    const [metadata, own] = [await clinic.look('entra'), await clinic.look('credential')];
    await entra.up();
    assertFound(metadata, 'failed', /could not be reached \(.*ECONNREFUSED.*firewall/s);
    assertFound(own, 'failed', /could not be reached/);
  });

  it('says that there is no such tenant', async () => {
    assertFound(
      await clinic.look('entra', { env: { MicrosoftAppTenantId: anotherGuid } }),
      'failed',
      /AADSTS90002.*MicrosoftAppTenantId/s,
    );
  });

  it('says that somebody else answers in Entra’s place', async () => {
    const page = { kind: 'answer', status: 200, body: '<html>Please log in to the network</html>' } as const;
    clinic.sandbox.faults.inject('entra.openId', page);
    assertFound(await clinic.look('entra'), 'failed', /answers 200, and not as Entra does.*proxy/s);
  });

  it('says what is wrong with a secret', async () => {
    const { expiredSecrets } = clinic.sandbox.entra.credentials;
    assertFound(
      await clinic.look('credential', { env: { MicrosoftAppPassword: 'hidden-word' } }),
      'failed',
      /AADSTS7000215.*its value \(not its ID\)/s,
    );
    expiredSecrets.add(botApp.secret);
    assertFound(await clinic.look('credential'), 'failed', /secret has ended. \(AADSTS7000222\)/);
    expiredSecrets.clear();
  });

  it('says that the tenant has no such app', async () => {
    assertFound(await clinic.look('credential', { env: { MicrosoftAppId: anotherGuid } }), 'failed', /AADSTS700016/);
  });

  for (const [number, words] of [
    ['700027', /certificate is not one of the app’s.*upload/s],
    ['700213', /does not trust this managed identity.*Federated credentials/s],
    ['4711', /Entra refuses the bot \(AADSTS4711\)/],
  ] as const) {
    it(`knows AADSTS${number}`, () => {
      const error = new ServerError('invalid_client', '', `AADSTS${number}: something`, undefined, number);
      assertFound(refusalOfBot(error, 'https://login.example'), 'failed', words);
    });
  }

  it('tells a machine without the managed identity from one without any', () => {
    const refused = new IdentityUnavailable(true, undefined);
    assertFound(refusalOfBot(refused, 'https://login.example'), 'failed', /does not have the managed identity/);
    const silent = new IdentityUnavailable(false, undefined);
    assertFound(refusalOfBot(silent, 'https://login.example'), 'failed', /where the bot runs, in Azure/);
  });

  const withCertificate = (daysLeft: number) => (site: Site) => {
    const expiresAt = known(instantOf(new Date(Date.now() + daysLeft * day + 60_000)));
    const credential = { kind: 'certificate', pem: new Secret('clientCertificate', 'hidden-word'), expiresAt } as const;
    return { ...site, config: { ...site.config, credential } };
  };

  it('warns within 30 days of a certificate’s end, and knows one that has ended', async () => {
    const look = (daysLeft: number) => clinic.look('credential-expiry', { site: withCertificate(daysLeft) });
    assertFound(await look(31), 'ok', /good until \d{4}-\d\d-\d\d/);
    assertFound(await look(10), 'warning', /ends in 10 days.*docs\/identity\.md/s);
    assertFound(await look(-2), 'failed', /ended on \d{4}-\d\d-\d\d: nobody can be served/);
  });

  it('cannot tell when a secret ends, says where to read it, and that a managed identity does not end', async () => {
    assertFound(await clinic.look('credential-expiry'), 'notChecked', /Certificates & secrets/);
    const site = (each: Site) => ({
      ...each,
      config: { ...each.config, credential: { kind: 'managedIdentity', clientId: anotherGuid } as const },
    });
    assertFound(await clinic.look('credential-expiry', { site }), 'ok', /by itself/);
  });
});
