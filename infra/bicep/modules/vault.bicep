// The three secrets. The template writes one only when its value is given, so that a deployment without values
// leaves what the vault holds as it is.
param location string
param tags object
param name string

@description('The identity of the function app: it may read the secrets.')
param principalId string

@description('Object ids of the people or groups who may set the secrets.')
param secretsOfficerIds string[]
param workspaceId string

@secure()
param flexToken string

@secure()
param supabaseJwtSecret string

@secure()
param supabaseDbUrl string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var keyVaultSecretsOfficer = 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'

var secretNames = {
  flex: 'flex-token'
  jwt: 'supabase-jwt-secret'
  database: 'supabase-db-url'
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    enablePurgeProtection: true
    publicNetworkAccess: 'Enabled'
    networkAcls: {
      defaultAction: 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource flexTokenSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(flexToken)) {
  parent: vault
  name: secretNames.flex
  properties: {
    value: flexToken
  }
}

resource supabaseJwtSecretSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(supabaseJwtSecret)) {
  parent: vault
  name: secretNames.jwt
  properties: {
    value: supabaseJwtSecret
  }
}

resource supabaseDbUrlSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(supabaseDbUrl)) {
  parent: vault
  name: secretNames.database
  properties: {
    value: supabaseDbUrl
  }
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, principalId, keyVaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource officers 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for officer in secretsOfficerIds: {
    name: guid(vault.id, officer, keyVaultSecretsOfficer)
    scope: vault
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsOfficer)
      principalId: officer
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-log-analytics'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
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

output name string = vault.name

// Without a version, so that the app reads the newest one; such a reference ends in a slash.
output flexTokenUri string = '${vault.properties.vaultUri}secrets/${secretNames.flex}/'
output supabaseJwtSecretUri string = '${vault.properties.vaultUri}secrets/${secretNames.jwt}/'
output supabaseDbUrlUri string = '${vault.properties.vaultUri}secrets/${secretNames.database}/'
