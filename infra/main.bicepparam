// The parameters that differ from tenant to tenant, read from the environment: docs/setup.md sets them.
using './main.bicep'

param appId = readEnvironmentVariable('MicrosoftAppId')
param registryName = readEnvironmentVariable('REGISTRY')
param image = readEnvironmentVariable('IMAGE')
param defenderCloud = readEnvironmentVariable('DEFENDER_CLOUD', 'commercial')
param connectionSecret = readEnvironmentVariable('CONNECTION_SECRET', '')
// Policy and pace, by the names of docs/configuration.md, for example: { APPROVAL: 'two-person' }
param settings = {}
