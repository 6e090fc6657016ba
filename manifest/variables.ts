/** What of the app manifest differs from one installation to the next: read from the environment, all faults at once. */

/** A variable that is missing or wrong, with an example of a right value. */
export interface VariableFault {
  readonly variable: string;
  readonly problem: string;
  readonly example: string;
}

/** The value of every `${{PLACEHOLDER}}` of `manifest.json`. */
export type ManifestValues = Readonly<Record<string, string>>;

/** A faulty variable is stood in for by its example, so that the rest of the manifest can be checked in the same run. */
export interface Reading {
  readonly values: ManifestValues;
  readonly faults: readonly VariableFault[];
  /** Developer links that were left to their default, the bot's own address. */
  readonly defaultedLinks: readonly string[];
}

interface Variable {
  /** Completes 'it must be …'. */
  readonly rule: string;
  readonly accepts: (value: string) => boolean;
  readonly example: string;
}

const guid: Variable = {
  rule: 'a GUID',
  accepts: (value) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value),
  example: '6f0b0a4e-2f0d-4a55-9a3c-0c6a2f6f8d11',
};

const link: Variable = {
  rule: 'an https address',
  accepts: (value) => URL.parse(value)?.protocol === 'https:',
  example: 'https://soc.contoso.com/collector',
};

const variables = {
  MicrosoftAppId: guid,
  TEAMS_APP_ID: guid,
  BOT_DOMAIN: {
    rule: 'a host name alone, without https://, port or path',
    accepts: (value) =>
      /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(value),
    example: 'collector.contoso.com',
  },
  OAuthUrl: { ...link, example: 'https://europe.token.botframework.com' },
  DEVELOPER_NAME: {
    rule: 'a name of at most 32 characters',
    accepts: (value) => value.length >= 1 && value.length <= 32,
    example: 'Contoso SOC',
  },
  DEVELOPER_WEBSITE_URL: link,
  DEVELOPER_PRIVACY_URL: { ...link, example: 'https://soc.contoso.com/collector/privacy' },
  DEVELOPER_TERMS_OF_USE_URL: { ...link, example: 'https://soc.contoso.com/collector/terms' },
} as const satisfies Readonly<Record<string, Variable>>;

const linkVariables = ['DEVELOPER_WEBSITE_URL', 'DEVELOPER_PRIVACY_URL', 'DEVELOPER_TERMS_OF_USE_URL'] as const;

/**
 * Reads the manifest's variables. `MicrosoftAppId` and `BOT_DOMAIN` are required. `TEAMS_APP_ID` must never change for an
 * installed app, so it defaults to the app id, which does not either. `version` is the package's own (x.y.z).
 */
export function readVariables(env: Readonly<Record<string, string | undefined>>, version: string): Reading {
  const faults: VariableFault[] = [];
  const read = (name: keyof typeof variables, fallback?: string): string => {
    const { rule, accepts, example } = variables[name];
    const given = env[name]?.trim() ?? '';
    if (given === '' && fallback !== undefined) return fallback;
    if (accepts(given)) return given;
    const problem = given === '' ? `is missing: it must be ${rule}` : `is '${given}', but must be ${rule}`;
    faults.push({ variable: name, problem, example });
    return example;
  };
  const appId = read('MicrosoftAppId');
  const domain = read('BOT_DOMAIN');
  const ownAddress = `https://${domain}/`;
  const values = {
    MicrosoftAppId: appId,
    TEAMS_APP_ID: read('TEAMS_APP_ID', appId),
    BOT_DOMAIN: domain,
    TOKEN_SERVICE_DOMAIN: new URL(read('OAuthUrl', 'https://token.botframework.com')).hostname,
    APP_VERSION: version,
    DEVELOPER_NAME: read('DEVELOPER_NAME', 'Collector contributors'),
    DEVELOPER_WEBSITE_URL: read('DEVELOPER_WEBSITE_URL', ownAddress),
    DEVELOPER_PRIVACY_URL: read('DEVELOPER_PRIVACY_URL', ownAddress),
    DEVELOPER_TERMS_OF_USE_URL: read('DEVELOPER_TERMS_OF_USE_URL', ownAddress),
  };
  return { values, faults, defaultedLinks: linkVariables.filter((name) => values[name] === ownAddress) };
}
