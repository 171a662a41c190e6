// FlexCrew on Azure: a function app on Flex Consumption and what it stands on. See docs/operations.md.
targetScope = 'resourceGroup'

import { workingHours } from 'modules/alerts.bicep'
import { businessRole, driftCheck, durableSettings, flexBudget, flexCeiling, hostSettings, secretReference, timerSettings, tuningSettings } from 'modules/settings.bicep'

@description('Begins the names of all resources: letters, digits and hyphens, a letter first.')
@minLength(2)
@maxLength(20)
param name string = 'flexcrew'

@description('The environment, such as dev or prod; part of most names.')
@minLength(2)
@maxLength(8)
param environmentName string

param location string = resourceGroup().location
param tags object = {}

@description('URL of the Supabase project: issuer and signing keys of its user tokens.')
param supabaseUrl string

@description('The public anon key, needed by checkSessions only.')
param supabaseAnonKey string = ''

@description('Asks Supabase about each token, so that signed-out sessions are refused at once. Needs supabaseAnonKey.')
param checkSessions bool = !empty(supabaseAnonKey)

@description('Base URL of the Flex API.')
param flexApiBaseUrl string = 'https://sectorpro.flexrentalsolutions.com/f5/api'

@description('Whether the Supabase project still signs with a shared secret (HS256).')
param usesJwtSecret bool = true

@description('The Flex token. Empty: the vault keeps what it holds.')
@secure()
param flexToken string = ''

@description('The shared secret of Supabase. Empty: the vault keeps what it holds.')
@secure()
param supabaseJwtSecret string = ''

@description('The database URL, by the pooler in transaction mode. Empty: the vault keeps what it holds.')
@secure()
param supabaseDbUrl string = ''

@description('Object ids of those who may set the secrets.')
param secretsOfficerIds string[] = []

@description('Always-ready instances for orchestrations, activities and entities.')
@minValue(0)
param durableAlwaysReady int = 1

@description('Always-ready instances for the HTTP routes, so that the first click after a pause waits for no cold start: docs/scaling.md.')
@minValue(0)
param httpAlwaysReady int = 0

@description('Instances that syncs may scale out to, beside those that are always ready. Each gets its part of flexRequestsAtOnce.')
@minValue(1)
@maxValue(1000)
param maximumInstanceCount int = 1

@description('Memory of an instance, in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('HTTP requests that one instance takes at once; each waits for its sync.')
@minValue(1)
@maxValue(1000)
param httpConcurrency int = 32

@description('How instances are replaced by a deployment. RollingUpdate is a preview.')
@allowed(['Recreate', 'RollingUpdate'])
param siteUpdateStrategy string = 'Recreate'

@description('Spreads the plan over availability zones, where the region has them. Choose a zone-redundant storageSku too.')
param zoneRedundant bool = false

@allowed(['Standard_LRS', 'Standard_ZRS'])
param storageSku string = 'Standard_LRS'

@description('Where Durable Functions keeps its state.')
@allowed(['AzureStorage', 'DurableTaskScheduler'])
param durableBackend string = 'AzureStorage'

@allowed(['Consumption', 'Dedicated'])
param schedulerSku string = 'Consumption'

@description('Capacity units of a Dedicated scheduler.')
@minValue(1)
param schedulerCapacity int = 1

@description('The task hub. A new name begins with an empty hub: let running syncs end first.')
@minLength(3)
@maxLength(45)
param taskHubName string = 'FlexCrew'

@description('Requests to Flex at once that all instances may have together. Flex takes 30 of a customer; the rest is for the customer\'s other programs.')
@minValue(1)
@maxValue(30)
param flexRequestsAtOnce int = 24

@description('Requests to Flex at once that one instance may have, where its part of flexRequestsAtOnce is not less.')
@minValue(1)
@maxValue(30)
param maxConcurrentFlexRequests int = 16

@description('Requests that Flex grants the customer per hour and per day, and the percentage of them from which on retries and the drift check stand back and an alert fires.')
param budget flexBudget = { perHour: 2000, perDay: 10000, percent: 70 }

@description('Seconds that a call waits for its result before it answers 202.')
@minValue(1)
@maxValue(220)
param waitForResultSeconds int = 100

@description('Longest time in seconds that a dead holder blocks its crew call. Half of it has to exceed one attempt at Flex, 15 s.')
@minValue(32)
@maxValue(3599)
param leaseTimeoutSeconds int = 60

@description('Seconds after which a run starts no further step. Below the 15 minutes for which a retry is claimed.')
@minValue(60)
@maxValue(840)
param runDeadlineSeconds int = 600

@description('Flex dictionary ids of business roles beside the built-in ones of sound.')
param businessRoles businessRole[] = []

@description('The drift check, off by default. Its alert comes with it.')
param drift driftCheck = { enabled: false, days: 7, pruneOrphans: true, heal: false }

@description('Any other FlexCrew__ setting: name without the prefix, value.')
param moreTuning object = {}

@description('Schedules of timers that differ from the defaults: LeaseSweepSchedule, RetryQueueSchedule, HistoryPurgeSchedule, DriftCheckSchedule.')
param timerSchedules object = {}

@description('Seconds between two runs of LeaseSweepSchedule; give it with another schedule.')
@minValue(1)
param leaseSweepSeconds int = 120

@description('Days that logs and metrics are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Most telemetry to take in per day, in GB; -1 for no limit.')
@minValue(-1)
param logDailyQuotaGb int = -1

@description('Addresses that get an e-mail from an alert.')
param alertEmails string[] = []
param alertsEnabled bool = true

@description('Fewest runs in the window for a failure rate or a mean duration to count.')
@minValue(1)
param alertMinimumRuns int = 5

@description('Mean duration of a sync, in seconds, above which an alert fires.')
@minValue(1)
param alertMeanDurationSeconds int = 5

@description('Age of a held lease, in seconds, above which an alert fires. Up to the default a lease may rightly be held.')
@minValue(1)
param alertLeaseAgeSeconds int = runDeadlineSeconds + leaseTimeoutSeconds / 2 + leaseSweepSeconds

@description('Working hours, and how many of them may pass without a successful sync.')
param alertWorkingHours workingHours = { timeZone: 'Europe/Madrid', from: 9, to: 19, withoutSuccess: 4 }

@description('Asks the app from outside, every 15 minutes, whether it is ready.')
param healthProbe bool = false

var token = uniqueString(resourceGroup().id, name, environmentName)
var compact = toLower(replace(name, '-', ''))
var suffix = '${name}-${environmentName}-${token}'
var allTags = union(tags, { application: name, environment: environmentName, 'azd-env-name': environmentName })
var url = 'https://${functionApp.outputs.hostName}'
var usesScheduler = durableBackend == 'DurableTaskScheduler'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: 'id-${suffix}'
  location: location
  tags: allTags
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    location: location
    tags: allTags
    workspaceName: 'log-${suffix}'
    insightsName: 'appi-${suffix}'
    principalId: identity.properties.principalId
    retentionInDays: logRetentionDays
    dailyQuotaGb: logDailyQuotaGb
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    location: location
    tags: allTags
    name: 'st${take(compact, 9)}${token}'
    skuName: storageSku
    containerName: 'app-package'
    principalId: identity.properties.principalId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    location: location
    tags: allTags
    name: 'kv-${take(compact, 7)}-${token}'
    principalId: identity.properties.principalId
    secretsOfficerIds: secretsOfficerIds
    workspaceId: monitoring.outputs.workspaceId
    flexToken: flexToken
    supabaseJwtSecret: supabaseJwtSecret
    supabaseDbUrl: supabaseDbUrl
  }
}

module scheduler 'modules/scheduler.bicep' = if (usesScheduler) {
  name: 'scheduler'
  params: {
    location: location
    tags: allTags
    name: 'dts-${suffix}'
    taskHubName: taskHubName
    skuName: schedulerSku
    capacity: schedulerCapacity
    principalId: identity.properties.principalId
    clientId: identity.properties.clientId
    workspaceId: monitoring.outputs.workspaceId
  }
}

module functionApp 'modules/function-app.bicep' = {
  name: 'function-app'
  params: {
    location: location
    tags: allTags
    planName: 'plan-${suffix}'
    name: 'func-${suffix}'
    identityId: identity.id
    packageUrl: storage.outputs.packageUrl
    zoneRedundant: zoneRedundant
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    durableAlwaysReady: durableAlwaysReady
    httpAlwaysReady: httpAlwaysReady
    httpConcurrency: httpConcurrency
    siteUpdateStrategy: siteUpdateStrategy
    workspaceId: monitoring.outputs.workspaceId
    appSettings: union(
      hostSettings(storage.outputs.name, identity.properties.clientId, monitoring.outputs.connectionString),
      {
        SUPABASE_URL: supabaseUrl
        SUPABASE_DB_URL: secretReference(vault.outputs.supabaseDbUrlUri)
        X_AUTH_TOKEN: secretReference(vault.outputs.flexTokenUri)
        FLEX_API_BASE_URL: flexApiBaseUrl
      },
      usesJwtSecret ? { SUPABASE_JWT_SECRET: secretReference(vault.outputs.supabaseJwtSecretUri) } : {},
      empty(supabaseAnonKey) ? {} : { SUPABASE_ANON_KEY: supabaseAnonKey },
      timerSettings(timerSchedules),
      durableSettings(taskHubName, usesScheduler, usesScheduler ? scheduler!.outputs.connectionString : ''),
      tuningSettings({
        maxConcurrentFlexRequests: flexCeiling(maxConcurrentFlexRequests, flexRequestsAtOnce, durableAlwaysReady, maximumInstanceCount)
        budget: budget
        drift: drift
        waitForResultSeconds: waitForResultSeconds
        leaseTimeoutSeconds: leaseTimeoutSeconds
        runDeadlineSeconds: runDeadlineSeconds
        checkSessions: checkSessions
        businessRoles: businessRoles
        more: moreTuning
      })
    )
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    location: location
    tags: allTags
    namePrefix: '${name}-${environmentName}'
    workspaceId: monitoring.outputs.workspaceId
    emails: alertEmails
    enabled: alertsEnabled
    minimumRuns: alertMinimumRuns
    meanDurationSeconds: alertMeanDurationSeconds
    leaseAgeSeconds: alertLeaseAgeSeconds
    flexRequestsPerHour: budget.perHour * budget.percent / 100
    flexRequestsPerDay: budget.perDay * budget.percent / 100
    hours: alertWorkingHours
    healthProbe: healthProbe
    driftCheck: drift.enabled
  }
}

module workbook 'modules/workbook.bicep' = {
  name: 'workbook'
  params: {
    location: location
    tags: allTags
    displayName: 'FlexCrew (${environmentName})'
    workspaceId: monitoring.outputs.workspaceId
    hourlyBudget: budget.perHour
    dailyBudget: budget.perDay
  }
}

module probe 'modules/health-probe.bicep' = if (healthProbe) {
  name: 'health-probe'
  params: { location: location, tags: allTags, name: 'ready-${suffix}', insightsId: monitoring.outputs.insightsId, url: '${url}/functions/v1/health?ready' }
}

output functionAppName string = functionApp.outputs.name
output hostName string = functionApp.outputs.hostName
output baseUrl string = url
output syncUrl string = '${url}/functions/v1/sync-flex-crew-for-job'
output keyVaultName string = vault.outputs.name
