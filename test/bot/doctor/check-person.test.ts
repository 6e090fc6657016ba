import { judgePermissions } from '../../../bot/doctor/check-person.ts';
import { botApp } from '../../sandbox/app.ts';
import { gus, ines, lena, mia } from '../../sandbox/people.ts';
import { assertFound, Clinic } from './clinic.ts';

describe('the doctor, of what takes a person', () => {
  let clinic: Clinic;
  before(async () => {
    clinic = await Clinic.open();
  });
  afterEach(() => clinic.sandbox.faults.clear());
  after(() => clinic.close());

  const consent = /v2\.0\/adminconsent\?client_id=b07b.*Machine\.CollectForensics.*Machine\.Read/;

  it('finds sign-in, permissions and audience in order, with one sign-in', async () => {
    assertFound(await clinic.look('sign-in', { signIn: clinic.as(mia) }), 'ok', /mia\.berg@contoso\.example signed in/);
    assertFound(await clinic.look('permissions', { signIn: clinic.as(mia) }), 'ok', /and no others/);
    assertFound(await clinic.look('defender-audience', { signIn: clinic.as(mia) }), 'ok', /for the person/);
  });

  it('does not check what takes a person while nobody was asked, says how to, and gives the consent link', async () => {
    for (const id of ['sign-in', 'permissions', 'defender-audience'] as const) {
      assertFound(await clinic.look(id), 'notChecked', /npm run doctor -- --sign-in/);
    }
    assertFound(await clinic.look('permissions'), 'notChecked', consent);
  });

  it('does not take nobody’s coming for a fault', async () => {
    const { deviceCodes } = clinic.sandbox.entra;
    deviceCodes.lifetime = 0;
    assertFound(
      await clinic.look('sign-in', { signIn: { ...clinic.as(mia), show: () => undefined } }),
      'notChecked',
      /while the code/,
    );
    deviceCodes.lifetime = 900;
  });

  it('says that the registration does not let people sign in at a terminal, and which one would', async () => {
    const { show } = clinic.as(mia);
    assertFound(await clinic.look('sign-in', { signIn: { show } }), 'failed', /AADSTS7000218.*--client-id/s);
  });

  it('says what Entra has against the sign-in', async () => {
    const signIn = clinic.as(mia, {}, '00000000-0000-4000-8000-0000000000ff');
    assertFound(await clinic.look('sign-in', { signIn }), 'failed', /no app of this id. \(AADSTS700016\)/);
  });

  it('says that whoever signed in is not one whom the bot serves, or signed in to something else', async () => {
    assertFound(await clinic.look('sign-in', { signIn: clinic.as(ines) }), 'failed', /is a guest/);
    assertFound(await clinic.look('sign-in', { signIn: clinic.as(gus) }), 'failed', /of another tenant/);
    const elsewhere = clinic.as(mia, { audience: 'https://other.example' });
    assertFound(await clinic.look('sign-in', { signIn: elsewhere }), 'failed', /for https:\/\/other\.example/);
    assertFound(
      await clinic.look('sign-in', { signIn: clinic.as(mia, { lifetime: -60 }) }),
      'failed',
      /has ended by this machine/,
    );
  });

  it('says that a token is not one that says whose it is', async () => {
    clinic.sandbox.faults.inject('entra.deviceToken', {
      kind: 'answerInstead',
      status: 200,
      body: {
        token_type: 'Bearer',
        scope: `${botApp.resource}/access_as_user`,
        expires_in: 3599,
        access_token: 'hidden-word',
      },
    });
    assertFound(await clinic.look('sign-in', { signIn: clinic.as(mia) }), 'failed', /does not say whose it is/);
  });

  it('says which of the two permissions has no consent, with the link for it', async () => {
    const { entra } = clinic.sandbox;
    for (const [given, missing] of [
      [['Machine.Read'], /consented to Machine\.CollectForensics\.\n/],
      [['Machine.CollectForensics'], /consented to Machine\.Read\.\n/],
      [[], /consented to Machine\.CollectForensics and Machine\.Read\.\n/],
    ] as const) {
      entra.consented = given;
      const finding = await clinic.look('permissions', { signIn: clinic.as(mia) });
      assertFound(finding, 'failed', missing);
      assertFound(finding, 'failed', consent);
    }
    entra.consented = ['Machine.CollectForensics', 'Machine.Read'];
  });

  it('warns of permissions that the bot never uses', () => {
    const granted = ['Machine.CollectForensics', 'Machine.Read', 'Machine.Isolate'];
    assertFound(judgePermissions(granted, 'https://consent'), 'warning', /Machine\.Isolate have consent.*revoke/s);
  });

  it('says what stands in the way of the exchange, and where to read about it', async () => {
    const { entra } = clinic.sandbox;
    entra.block(mia, 'blockedByPolicy');
    const signIn = clinic.as(mia);
    assertFound(
      await clinic.look('permissions', { signIn }),
      'failed',
      /AADSTS53003.*docs\/errors\.md#moreproofneeded/s,
    );
    assertFound(await clinic.look('defender-audience', { signIn }), 'notChecked', /Mend the exchange/);
    entra.block(mia, undefined);
  });

  it('says that Defender does not accept the token, and what it may mean', async () => {
    const { faults } = clinic.sandbox;
    assertFound(
      await clinic.look('defender-audience', { signIn: clinic.as(lena) }),
      'failed',
      /\(403\).*View data.*DEFENDER_SCOPE/s,
    );
    faults.inject('defender.listActions', { kind: 'answer', status: 401, body: {} });
    assertFound(
      await clinic.look('defender-audience', { signIn: clinic.as(mia) }),
      'failed',
      /\(401\).*DEFENDER_SCOPE/s,
    );
    faults.inject('defender.listActions', { kind: 'answer', status: 429, body: {} });
    assertFound(
      await clinic.look('defender-audience', { signIn: clinic.as(mia) }),
      'failed',
      /docs\/errors\.md#throttled/,
    );
  });
});
