import assert from 'node:assert/strict';
import { assertFound, Clinic } from './clinic.ts';

describe('the doctor, of Defender without a person', () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  afterEach(() => clinic.sandbox.faults.clear());
  after(() => clinic.close());

  it('finds both in order, and shows Defender no token at all', async () => {
    assertFound(await clinic.look('application-permissions'), 'ok', /as a person, or not at all/);
    assertFound(await clinic.look('defender-host'), 'ok', /answers/);
    const identities = clinic.sandbox.journal.all('defender.listActions.received').map(({ data }) => data.identity);
    assert.deepEqual(identities, ['none']);
  });

  it('warns of permissions that the app holds without any person', async () => {
    const { entra } = clinic.sandbox;
    entra.applicationRoles = ['Machine.CollectForensics'];
    assertFound(
      await clinic.look('application-permissions'),
      'warning',
      /never uses: Machine\.CollectForensics.*remove every permission of type Application/s,
    );
    entra.applicationRoles = [];
  });

  it('says that the tenant knows no such service', async () => {
    const env = { DEFENDER_SCOPE: 'https://nowhere.example/.default' };
    assertFound(
      await clinic.look('application-permissions', { env }),
      'failed',
      /no service for https:\/\/nowhere\.example.*AADSTS500011.*DEFENDER_SCOPE/s,
    );
  });

  it('thinks nothing of it that Entra gives no token at all', async () => {
    const body = {
      error: 'unauthorized_client',
      error_description: 'AADSTS501051: not assigned',
      error_codes: [501051],
    };
    clinic.sandbox.faults.inject('entra.clientCredentials', { kind: 'answer', status: 400, body });
    assertFound(await clinic.look('application-permissions'), 'notChecked', /AADSTS501051.*Nothing has to be done/s);
  });

  it('says that Defender’s host cannot be reached, is in trouble, or is another', async () => {
    const { hosts, faults, connector } = clinic.sandbox;
    await hosts.defender.down();
    const away = await clinic.look('defender-host');
    await hosts.defender.up();
    assertFound(away, 'failed', /ECONNREFUSED/);
    faults.inject('defender.listActions', { kind: 'answer', status: 503, body: '<html></html>' });
    assertFound(await clinic.look('defender-host'), 'failed', /answers 503: a fault/);
    const env = { DEFENDER_API_URL: new URL(connector.serviceUrl).origin };
    assertFound(await clinic.look('defender-host', { env }), 'failed', /answers 404 to a call.*DEFENDER_CLOUD/s);
  });
});
