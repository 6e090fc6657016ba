import assert from 'node:assert/strict';
import { readVariables } from '../../manifest/variables.ts';
import { env } from './ingredients.ts';

const faultyNames = (given: Readonly<Record<string, string>>): readonly string[] =>
  readVariables(given, '1.2.3').faults.map(({ variable }) => variable);

describe('manifest variables', () => {
  it('need only the app id and the domain', () => {
    assert.deepEqual(readVariables(env, '1.2.3').faults, []);
  });

  it('name every missing variable in one go, each with an example that would be accepted', () => {
    const { faults } = readVariables({}, '1.2.3');
    assert.deepEqual(
      faults.map(({ variable }) => variable),
      ['MicrosoftAppId', 'BOT_DOMAIN'],
    );
    const examples = Object.fromEntries(faults.map(({ variable, example }) => [variable, example]));
    assert.deepEqual(faultyNames(examples), []);
  });

  it('name every wrong variable in one go, with what was given', () => {
    const wrong = {
      MicrosoftAppId: 'collector',
      TEAMS_APP_ID: '1234',
      BOT_DOMAIN: 'https://collector.contoso.com/',
      OAuthUrl: 'token.botframework.com',
      DEVELOPER_NAME: 'x'.repeat(33),
      DEVELOPER_WEBSITE_URL: 'http://contoso.com',
      DEVELOPER_PRIVACY_URL: 'privacy',
      DEVELOPER_TERMS_OF_USE_URL: 'ftp://contoso.com',
    };
    const { faults } = readVariables(wrong, '1.2.3');
    assert.deepEqual(faults.map(({ variable }) => variable).sort(), Object.keys(wrong).sort());
    for (const { variable, problem } of faults) {
      assert.ok(problem.includes(Object.entries(wrong).find(([name]) => name === variable)?.[1] ?? 'nothing'), problem);
    }
  });

  for (const domain of ['localhost', 'collector.contoso.com:443', '10.0.0.4', '*.contoso.com', 'a..b.com', '-a.com']) {
    it(`refuse '${domain}' as the domain of the bot`, () => {
      assert.deepEqual(faultyNames({ ...env, BOT_DOMAIN: domain }), ['BOT_DOMAIN']);
    });
  }

  it('take the app id as Teams app id unless one is given', () => {
    assert.equal(readVariables(env, '1.2.3').values.TEAMS_APP_ID, env.MicrosoftAppId);
    const own = '9b8f7f7e-15c5-4d43-bb3c-8e2f9f5b9a77';
    assert.equal(readVariables({ ...env, TEAMS_APP_ID: own }, '1.2.3').values.TEAMS_APP_ID, own);
  });

  it('take the sign-in domain from the Token Service in use', () => {
    const given = { ...env, OAuthUrl: 'https://europe.token.botframework.com/' };
    assert.equal(readVariables(given, '1.2.3').values.TOKEN_SERVICE_DOMAIN, 'europe.token.botframework.com');
    assert.equal(readVariables(env, '1.2.3').values.TOKEN_SERVICE_DOMAIN, 'token.botframework.com');
  });

  it('say which developer links still point at the bot', () => {
    const given = { ...env, DEVELOPER_PRIVACY_URL: 'https://contoso.com/privacy' };
    assert.deepEqual(readVariables(given, '1.2.3').defaultedLinks, [
      'DEVELOPER_WEBSITE_URL',
      'DEVELOPER_TERMS_OF_USE_URL',
    ]);
  });

  it('treat blanks around a value as if they were not there, and a blank value as missing', () => {
    assert.equal(readVariables({ ...env, BOT_DOMAIN: ' a.contoso.com ' }, '1.2.3').values.BOT_DOMAIN, 'a.contoso.com');
    assert.deepEqual(faultyNames({ ...env, BOT_DOMAIN: '  ' }), ['BOT_DOMAIN']);
  });
});
