// The application settings, apart from the resources that they point at. Names and meanings: docs/configuration.md.

@description('Seconds as a .NET TimeSpan, below one hour.')
@export()
func timeSpan(seconds int) string => '00:${padLeft(seconds / 60, 2, '0')}:${padLeft(seconds % 60, 2, '0')}'

@description('A setting whose value the platform reads from Key Vault with the identity of the app.')
@export()
func secretReference(secretUri string) string => '@Microsoft.KeyVault(SecretUri=${secretUri})'

@description('What the Functions host and its exporter read: storage and Application Insights by the identity of the app.')
@export()
func hostSettings(storageName string, clientId string, insightsConnectionString string) object => {
  AzureWebJobsStorage__accountName: storageName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: clientId
  // The platform's page at the root would tell everybody what runs here.
  AzureWebJobsDisableHomepage: 'true'
  AZURE_CLIENT_ID: clientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD;ClientId=${clientId}'
}

@description('The dictionary id of a business role in Flex.')
@export()
type businessRole = {
  department: string
  tier: 'responsable' | 'especialista' | 'tecnico'
  id: string
}

@description('The requests that Flex grants a customer, for everything that the customer runs.')
@export()
type flexBudget = {
  @minValue(1)
  perHour: int

  @minValue(1)
  perDay: int

  @description('Percentage from which on retries and the drift check stand back and an alert fires.')
  @minValue(1)
  @maxValue(100)
  percent: int
}

@description('The drift check: looks for what differs in crew calls of jobs to come though no sync runs.')
@export()
type driftCheck = {
  enabled: bool

  @description('Jobs that begin within so many days are looked at.')
  @minValue(1)
  @maxValue(365)
  days: int

  @description('Whether contacts that FlexCrew did not place count as drift where nobody assigned has their resource.')
  pruneOrphans: bool

  @description('Whether a sync is started where drift was found.')
  heal: bool
}

@description('Requests to Flex at once, per instance: as many as asked for, and no more than all instances together may have. The platform counts always-ready instances apart from the others.')
@export()
func flexCeiling(asked int, all int, alwaysReady int, others int) int => max(1, min(asked, all / (alwaysReady + others)))

@description('What an operator may tune. Every property has a default in the product; those that alerts depend on are set here.')
@export()
type tuning = {
  @description('Requests to Flex at once, per instance.')
  maxConcurrentFlexRequests: int

  budget: flexBudget

  drift: driftCheck

  @description('Seconds that a call waits for its result before it answers 202.')
  waitForResultSeconds: int

  @description('Longest time in seconds that a dead holder blocks its crew call.')
  leaseTimeoutSeconds: int

  @description('Seconds after which a run starts no further step.')
  runDeadlineSeconds: int

  @description('Asks Supabase about each token, so that signed-out sessions are refused at once.')
  checkSessions: bool

  @description('Business roles beside the built-in ones of sound.')
  businessRoles: businessRole[]

  @description('Any other FlexCrew__ setting: name without the prefix, value.')
  more: object
}

@export()
func tuningSettings(values tuning) object =>
  union(
    {
      FlexCrew__MaxConcurrentFlexRequests: string(values.maxConcurrentFlexRequests)
      FlexCrew__FlexHourlyBudget: string(values.budget.perHour)
      FlexCrew__FlexDailyBudget: string(values.budget.perDay)
      FlexCrew__FlexBudgetPercent: string(values.budget.percent)
      FlexCrew__Drift__Enabled: string(values.drift.enabled)
      FlexCrew__Drift__Days: string(values.drift.days)
      FlexCrew__Drift__PruneOrphans: string(values.drift.pruneOrphans)
      FlexCrew__Drift__Heal: string(values.drift.heal)
      FlexCrew__WaitForResult: timeSpan(values.waitForResultSeconds)
      FlexCrew__LeaseTimeout: timeSpan(values.leaseTimeoutSeconds)
      FlexCrew__RunDeadline: timeSpan(values.runDeadlineSeconds)
      FlexCrew__CheckSessions: string(values.checkSessions)
    },
    toObject(
      values.businessRoles,
      role => 'FlexCrew__BusinessRoles__${role.department}__${role.tier}',
      role => role.id
    ),
    toObject(items(values.more), setting => 'FlexCrew__${setting.key}', setting => setting.value)
  )

@description('The schedules of the timers, six fields in UTC. Without them the app does not start its timers.')
@export()
func timerSettings(others object) object =>
  union(
    {
      LeaseSweepSchedule: '0 */2 * * * *'
      RetryQueueSchedule: '*/30 * * * * *'
      HistoryPurgeSchedule: '0 17 3 * * *'
      DriftCheckSchedule: '0 43 2 * * *'
    },
    others
  )

@description('The backend of Durable Functions, chosen by overriding host.json.')
@export()
func durableSettings(taskHubName string, usesScheduler bool, schedulerConnectionString string) object =>
  union(
    {
      AzureFunctionsJobHost__extensions__durableTask__hubName: taskHubName
    },
    usesScheduler
      ? {
          AzureFunctionsJobHost__extensions__durableTask__storageProvider__type: 'azureManaged'
          AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName: 'DURABLE_TASK_SCHEDULER_CONNECTION_STRING'
          DURABLE_TASK_SCHEDULER_CONNECTION_STRING: schedulerConnectionString
        }
      : {}
  )
