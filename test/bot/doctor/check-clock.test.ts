import { hour } from '../../../src/domain/instant.ts';
import { assertFound, Clinic } from './clinic.ts';

describe('the doctor, of the clock', () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  afterEach(() => clinic.sandbox.faults.clear());
  after(() => clinic.close());

  it('finds it in order', async () => {
    assertFound(await clinic.look('clock'), 'ok', /agrees with that of the Bot Framework/);
  });

  it('says by how much it is off, and that nobody is let in', async () => {
    const headers = { Date: new Date(Date.now() - 2 * hour).toUTCString() };
    clinic.sandbox.faults.inject('botFramework.openId', { kind: 'answer', status: 200, headers, body: {} });
    assertFound(
      await clinic.look('clock'),
      'failed',
      /120 min ahead of that of the Bot Framework: nobody is let in.*NTP/s,
    );
  });

  it('cannot tell when nobody tells the time', async () => {
    clinic.sandbox.faults.inject('botFramework.openId', { kind: 'reset' });
    assertFound(await clinic.look('clock'), 'notChecked', /told the time/);
  });
});
