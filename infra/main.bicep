// Everything in Azure that one Collector needs, in one resource group. docs/setup.md says how to deploy it.
// The app registration is not here: `npm run entra` makes it, because ARM has no stable type for it.
targetScope = 'resourceGroup'

@description('Name of the bot; resources are called after it.')
@minLength(3)
@maxLength(20)
param name string = 'collector'

@description('Where everything but the Azure Bot lives, which is global.')
param location string = resourceGroup().location

@description('Application (client) id of the bot, as `npm run entra` prints it.')
param appId string

@description('Tenant of the app registration.')
param tenantId string = tenant().tenantId

@description('Name of the managed identity; the one that `npm run entra` was told of.')
param identityName string = '${name}-identity'

@description('Name of an existing container registry in this resource group.')
param registryName string

@description('Image in that registry, with its tag: collector:0.1.0')
param image string

@description('The cloud of Defender and Teams; see docs/configuration.md.')
@allowed(['commercial', 'gcc', 'gcc-high', 'dod'])
param defenderCloud string = 'commercial'

@description('Further settings of the bot by their names, such as APPROVAL; see docs/configuration.md. No secrets.')
param settings object = {}

@description('Only where the OAuth connection cannot have a federated credential (US Government): a client secret of the app.')
@secure()
param connectionSecret string = ''

@description('A standby of the database in another zone. Needs a region with zones and a larger server.')
param isZoneRedundant bool = false

var connectionName = 'defender-sso'
var databaseName = 'collector'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: identityName
  location: location
}

module registryAccess 'modules/registry-access.bicep' = {
  name: '${name}-registry-access'
  params: {
    registryName: registryName
    principalId: identity.properties.principalId
  }
}

module logs 'modules/logs.bicep' = {
  name: '${name}-logs'
  params: {
    name: name
    location: location
  }
}

module network 'modules/network.bicep' = {
  name: '${name}-network'
  params: {
    name: name
    location: location
  }
}

module database 'modules/database.bicep' = {
  name: '${name}-database'
  params: {
    name: name
    location: location
    databaseName: databaseName
    subnetId: network.outputs.databaseSubnetId
    privateZoneId: network.outputs.privateZoneId
    identityName: identity.name
    identityPrincipalId: identity.properties.principalId
    tenantId: tenantId
    isZoneRedundant: isZoneRedundant
  }
}

module app 'modules/app.bicep' = {
  name: '${name}-app'
  params: {
    name: name
    location: location
    subnetId: network.outputs.appSubnetId
    workspaceId: logs.outputs.workspaceId
    insightsConnectionString: logs.outputs.insightsConnectionString
    registryServer: registryAccess.outputs.loginServer
    image: image
    identityId: identity.id
    environmentVariables: union(settings, {
      MicrosoftAppId: appId
      MicrosoftAppTenantId: tenantId
      MicrosoftAppManagedIdentityClientId: identity.properties.clientId
      OAUTH_CONNECTION_NAME: connectionName
      DATABASE_URL: 'postgres://${identity.name}@${database.outputs.host}:5432/${databaseName}?sslmode=verify-full'
      DATABASE_MANAGED_IDENTITY_CLIENT_ID: identity.properties.clientId
      DEFENDER_CLOUD: defenderCloud
    })
  }
}

module bot 'modules/bot.bicep' = {
  name: '${name}-bot'
  params: {
    name: name
    appId: appId
    tenantId: tenantId
    domain: app.outputs.domain
    endpoint: 'https://${app.outputs.domain}/api/messages'
    connectionName: connectionName
    connectionSecret: connectionSecret
    defenderCloud: defenderCloud
  }
}

@description('Host name of the bot, for BOT_DOMAIN of `npm run package`.')
output BOT_DOMAIN string = app.outputs.domain

@description('Host name of the database, which only the network of the bot reaches.')
output DATABASE_HOST string = database.outputs.host
