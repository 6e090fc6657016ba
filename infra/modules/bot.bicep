// The Azure Bot: where Teams finds the bot's endpoint, and the OAuth connection that people sign in by.
param name string
param appId string
param tenantId string
param domain string
param endpoint string
param connectionName string

@secure()
param connectionSecret string
param defenderCloud string

// Bot Service knows its providers by these: `az bot authsetting list-providers`.
var federatedProvider = 'c00b44ab-5e16-c44c-af26-2fd5bc55eb18'
var secretProvider = '30dd229c-58e3-4a48-bdfd-91ec48eb906c'

var isFederated = empty(connectionSecret)
// As webApplicationInfo.resource of the manifest; `npm run entra -- --domain` adds it to the app.
var resourceUri = 'api://${domain}/botid-${appId}'

var federatedParameters = [
  { key: 'ClientId', value: appId }
  { key: 'TenantId', value: tenantId }
  { key: 'TokenExchangeUrl', value: resourceUri }
  // The last part of the subject of the federated credential that `npm run entra` adds to the app.
  { key: 'UniqueIdentifier', value: connectionName }
]
var secretParameters = [
  { key: 'clientId', value: appId }
  { key: 'clientSecret', value: connectionSecret }
  { key: 'tenantId', value: tenantId }
  { key: 'tokenExchangeUrl', value: resourceUri }
]

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: name
  location: 'global'
  kind: 'azurebot'
  sku: {
    name: 'S1'
  }
  properties: {
    displayName: 'Collector'
    description: 'Collects Defender investigation packages on behalf of the person who asks.'
    endpoint: endpoint
    msaAppId: appId
    msaAppTenantId: tenantId
    msaAppType: 'SingleTenant'
    schemaTransformationVersion: '1.3'
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: {
      isEnabled: true
      enableCalling: false
      acceptedTerms: true
      // GCC High and DoD are clouds of their own, where there is but one Teams.
      deploymentEnvironment: defenderCloud == 'gcc' ? 'GCCModerateDeployment' : 'CommercialDeployment'
    }
  }
}

resource connection 'Microsoft.BotService/botServices/connections@2022-09-15' = {
  parent: bot
  name: connectionName
  location: 'global'
  properties: {
    serviceProviderId: isFederated ? federatedProvider : secretProvider
    clientId: appId
    // Bot Service wants a value where none is used.
    clientSecret: isFederated ? 'not-used' : connectionSecret
    scopes: '${resourceUri}/access_as_user'
    parameters: isFederated ? federatedParameters : secretParameters
  }
}
