// The Flex Consumption plan and the function app. No platform CORS is configured: the app answers preflight itself.
param location string
param tags object
param planName string
param name string

@description('Resource id of the user-assigned identity.')
param identityId string

@description('URL of the blob container that holds the deployed package.')
param packageUrl string

@description('All application settings.')
param appSettings object

param zoneRedundant bool
param instanceMemoryMB int
param maximumInstanceCount int

@description('Instances that are always ready for orchestrations, activities and entities.')
param durableAlwaysReady int

@description('Instances that are always ready for HTTP.')
param httpAlwaysReady int

@description('HTTP requests that one instance takes at once.')
param httpConcurrency int

@allowed(['Recreate', 'RollingUpdate'])
param siteUpdateStrategy string
param workspaceId string

var alwaysReady = filter(
  [
    {
      name: 'durable'
      instanceCount: durableAlwaysReady
    }
    {
      name: 'http'
      instanceCount: httpAlwaysReady
    }
  ],
  group => group.instanceCount > 0
)

// Documented from API version 2024-11-01 on, not yet in the published types. Recreate is the default.
var updateStrategy = siteUpdateStrategy == 'RollingUpdate' ? { siteUpdateStrategy: { type: siteUpdateStrategy } } : {}

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      appSettings: map(items(appSettings), setting => {
        name: setting.key
        value: setting.value
      })
    }
    #disable-next-line BCP037 // siteUpdateStrategy
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        alwaysReady: alwaysReady
        triggers: {
          http: {
            perInstanceConcurrency: httpConcurrency
          }
        }
      }
      ...updateStrategy
    }
  }
}

// Deployment is by Entra tokens: publishing passwords are off.
resource ftpPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource scmPublishing 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2024-11-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

output name string = app.name
output hostName string = app.properties.defaultHostName
