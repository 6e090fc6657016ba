// PostgreSQL that knows Entra tokens only: there is no password to keep, to leak or to replace.
param name string
param location string
param databaseName string
param subnetId string
param privateZoneId string

@description('Name of the managed identity: the role that the bot signs in as.')
param identityName string
param identityPrincipalId string
param tenantId string
param isZoneRedundant bool

resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2024-08-01' = {
  // The name is part of a public host name, so that it has to be unique in the world.
  name: '${name}-${uniqueString(resourceGroup().id)}'
  location: location
  // A standby is not to be had for the small servers.
  sku: isZoneRedundant
    ? { name: 'Standard_D2ds_v5', tier: 'GeneralPurpose' }
    : { name: 'Standard_B1ms', tier: 'Burstable' }
  properties: {
    version: '16'
    authConfig: {
      activeDirectoryAuth: 'Enabled'
      passwordAuth: 'Disabled'
      tenantId: tenantId
    }
    storage: {
      storageSizeGB: 32
      autoGrow: 'Enabled'
    }
    backup: {
      backupRetentionDays: 35
      geoRedundantBackup: 'Disabled'
    }
    highAvailability: {
      mode: isZoneRedundant ? 'ZoneRedundant' : 'Disabled'
    }
    network: {
      delegatedSubnetResourceId: subnetId
      privateDnsZoneArmResourceId: privateZoneId
    }
  }

  resource database 'databases' = {
    name: databaseName
    properties: {
      charset: 'UTF8'
      collation: 'en_US.utf8'
    }
  }

  // docs/audit.md says how to take the administrator's rights from the bot again.
  resource administrator 'administrators' = {
    name: identityPrincipalId
    properties: {
      principalName: identityName
      principalType: 'ServicePrincipal'
      tenantId: tenantId
    }
    // Two changes of a server at a time are refused.
    dependsOn: [database]
  }
}

output host string = server.properties.fullyQualifiedDomainName
