// Two replicas of the bot behind one HTTPS address. They share the database, so either may die at any time.
param name string
param location string
param subnetId string
param workspaceId string

@secure()
param insightsConnectionString string
param registryServer string
param image string
param identityId string

@description('Settings of the bot by their names.')
param environmentVariables object

var port = 3978

resource host 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-environment'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'azure-monitor'
    }
    vnetConfiguration: {
      infrastructureSubnetId: subnetId
      internal: false
    }
    workloadProfiles: [
      {
        name: 'Consumption'
        workloadProfileType: 'Consumption'
      }
    ]
  }
}

// Log lines reach the workspace by this, without the workspace's key.
resource lines 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: host
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        categoryGroup: 'allLogs'
        enabled: true
      }
    ]
  }
}

resource app 'Microsoft.App/containerApps@2024-03-01' = {
  name: name
  location: location
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    environmentId: host.id
    workloadProfileName: 'Consumption'
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: [
        {
          server: registryServer
          identity: identityId
        }
      ]
      secrets: [
        {
          name: 'insights'
          value: insightsConnectionString
        }
      ]
    }
    template: {
      // The bot ends by itself within 10 s.
      terminationGracePeriodSeconds: 30
      scale: {
        minReplicas: 2
        maxReplicas: 2
      }
      containers: [
        {
          name: 'collector'
          image: '${registryServer}/${image}'
          resources: {
            cpu: json('0.5')
            memory: '1Gi'
          }
          env: concat(
            map(items(environmentVariables), item => { name: item.key, value: string(item.value) }),
            [
              {
                name: 'PORT'
                value: string(port)
              }
              {
                name: 'APPLICATIONINSIGHTS_CONNECTION_STRING'
                secretRef: 'insights'
              }
            ]
          )
          probes: [
            {
              type: 'Startup'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 5
              failureThreshold: 10
            }
            {
              type: 'Liveness'
              httpGet: {
                path: '/healthz'
                port: port
              }
              periodSeconds: 30
              timeoutSeconds: 5
              failureThreshold: 3
            }
            {
              type: 'Readiness'
              httpGet: {
                path: '/readyz'
                port: port
              }
              periodSeconds: 10
              timeoutSeconds: 9
              failureThreshold: 3
            }
          ]
        }
      ]
    }
  }
}

output domain string = app.properties.configuration.ingress.fqdn
