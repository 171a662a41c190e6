// What wakes somebody up. Each query answers rows only when something is wrong; a rule fires on any row.
@export()
@description('When work is done, Monday to Friday, and how long it may go on without a successful sync.')
type workingHours = {
  @description('IANA name of the time zone.')
  timeZone: string

  @description('First working hour of the day, 0 to 23.')
  from: int

  @description('The hour at which work ends, 1 to 24.')
  to: int

  @description('Hours without a successful sync that are too many; 0 switches the rule off.')
  withoutSuccess: 0 | 1 | 2 | 3 | 4 | 5 | 6
}

param location string
param tags object
param namePrefix string
param workspaceId string

@description('Addresses that get an e-mail.')
param emails string[]
param enabled bool

@description('Fewest runs in the window for a rate or a mean to say anything.')
param minimumRuns int

@description('Mean duration of a run, in seconds, that is too long.')
param meanDurationSeconds int

@description('Age of a held lease, in seconds, that is too old.')
param leaseAgeSeconds int

@description('Requests to Flex in an hour that are too many.')
param flexRequestsPerHour int

@description('Requests to Flex in a day that are too many.')
param flexRequestsPerDay int

param hours workingHours

@description('Whether a probe asks for the health of the app; without it the rule for it is left out.')
param healthProbe bool

@description('Whether there is a drift check; without it the rule for it is left out.')
param driftCheck bool

// A click counts once, by its first run: its retries, of which an outage makes many, are left out.
var failureRate = '''
AppMetrics
| where Name == 'flexcrew.sync.duration' and tostring(Properties.trigger) == 'click'
| extend outcome = tostring(Properties.outcome)
| where outcome in ('succeeded', 'partial', 'failed')
| summarize runs = sum(ItemCount), wrong = sumif(ItemCount, outcome != 'succeeded')
| where runs >= {0} and wrong * 100.0 / runs > {1}
'''

var meanDuration = '''
AppMetrics
| where Name == 'flexcrew.sync.duration' and tostring(Properties.trigger) == 'click'
| where tostring(Properties.outcome) in ('succeeded', 'partial', 'failed')
| summarize runs = sum(ItemCount), seconds = sum(Sum)
| where runs >= {0} and seconds / runs > {1}
'''

var unknownOutcomes = '''
AppMetrics
| where Name == 'flexcrew.flex.unknown_outcomes'
| summarize unknown = sum(Sum) by operation = tostring(Properties.operation)
| where unknown > 0
'''

// A lease is too old, or a run waited for it up to its deadline in vain. The age is a gauge: each row holds one reading per
// interval, in Sum.
var leaseAge = '''
AppMetrics
| where Name in ('flexcrew.lease.age', 'flexcrew.lease.wait')
| extend department = tostring(Properties.department), result = tostring(Properties.result)
| summarize age = maxif(Sum / ItemCount, Name == 'flexcrew.lease.age'), waitedInVain = sumif(ItemCount, result == 'gave up') by department
| where coalesce(age, 0.0) > {0} or waitedInVain > 0
'''

// An expired token is answered with 401, with 403, with a redirect to the login page, or with that page and status 200.
var tokenRefused = '''
AppMetrics
| where Name == 'flexcrew.flex.request.duration'
| extend status = tostring(Properties.status)
| where status in ('401', '403', 'login-page') or status matches regex '^3[0-9][0-9]$'
| summarize refused = sum(ItemCount)
| where refused > 0
'''

// All instances together. What else of the customer asks Flex is not in it, though it spends the same budget.
var flexRequests = '''
AppMetrics
| where Name == 'flexcrew.flex.request.duration'
| summarize requests = sum(ItemCount)
| where requests >= {0}
'''

// Looks back over a window that lies in working hours as a whole, so that nights and weekends say nothing. A day on which
// nobody clicks says nothing either.
var noSuccess = '''
let here = datetime_utc_to_local(now(), '{0}');
let workday = toint(dayofweek(here) / 1d) between (1 .. 5);
let working = workday and hourofday(here) >= {1} and hourofday(here) < {2};
AppMetrics
| where Name == 'flexcrew.sync.duration'
| extend succeeded = tostring(Properties.outcome) in ('succeeded', 'coalesced', 'skipped')
| summarize clicks = sumif(ItemCount, tostring(Properties.trigger) == 'click'), successes = sumif(ItemCount, succeeded)
| where working and clicks > 0 and successes == 0
'''

var unhealthy = '''
AppAvailabilityResults
| summarize failing = dcountif(Location, Success == false), healthy = dcountif(Location, Success == true)
| where failing > 0 and healthy == 0
'''

// What a check finds again the next night fires again: nobody has put it right.
var driftFound = '''
AppMetrics
| where Name == 'flexcrew.drift.crew_calls' and tostring(Properties.result) == 'drift'
| summarize drifted = sum(Sum)
| where drifted > 0
'''

var always = [
  {
    key: 'failure-rate-warning'
    title: 'More than 1 % of the syncs failed'
    severity: 2
    window: 'P1D'
    frequency: 'PT1H'
    query: format(failureRate, minimumRuns, 1)
  }
  {
    key: 'failure-rate-critical'
    title: 'More than 10 % of the syncs failed'
    severity: 1
    window: 'PT1H'
    frequency: 'PT5M'
    query: format(failureRate, minimumRuns, 10)
  }
  {
    key: 'mean-duration'
    title: 'A sync takes too long on average'
    severity: 2
    window: 'PT1H'
    frequency: 'PT15M'
    query: format(meanDuration, minimumRuns, meanDurationSeconds)
  }
  {
    key: 'unknown-outcomes'
    title: 'Flex did not say whether it applied a write'
    severity: 2
    window: 'PT15M'
    frequency: 'PT5M'
    query: unknownOutcomes
  }
  {
    key: 'lease-age'
    title: 'A lease is older than its bound, or a run waited for it in vain'
    severity: 1
    window: 'PT10M'
    frequency: 'PT5M'
    query: format(leaseAge, leaseAgeSeconds)
  }
  {
    key: 'flex-token'
    title: 'Flex refused the token'
    severity: 1
    window: 'PT5M'
    frequency: 'PT5M'
    query: tokenRefused
  }
  {
    key: 'flex-budget-hour'
    title: 'Flex\'s hourly budget of requests is nearly used up'
    severity: 2
    window: 'PT1H'
    frequency: 'PT5M'
    query: format(flexRequests, flexRequestsPerHour)
  }
  {
    key: 'flex-budget-day'
    title: 'Flex\'s daily budget of requests is nearly used up'
    severity: 2
    window: 'P1D'
    frequency: 'PT1H'
    query: format(flexRequests, flexRequestsPerDay)
  }
]

var inWorkingHours = {
  key: 'no-success'
  title: 'No sync has succeeded for too many working hours'
  severity: 2
  window: 'PT${max(hours.withoutSuccess, 1)}H'
  frequency: 'PT15M'
  query: format(noSuccess, hours.timeZone, hours.from + hours.withoutSuccess, hours.to)
}

var probed = {
  key: 'unhealthy'
  title: 'The app is not ready'
  severity: 1
  window: 'PT30M'
  frequency: 'PT5M'
  query: unhealthy
}

var checked = {
  key: 'drift'
  title: 'Crew calls differ from the assignments, and nobody has synced them'
  severity: 3
  window: 'PT1H'
  frequency: 'PT30M'
  query: driftFound
}

var rules = concat(
  always,
  hours.withoutSuccess > 0 ? [inWorkingHours] : [],
  healthProbe ? [probed] : [],
  driftCheck ? [checked] : []
)

resource actionGroup 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: '${namePrefix}-operators'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'flexcrew'
    enabled: true
    emailReceivers: map(emails, address => {
      name: address
      emailAddress: address
      useCommonAlertSchema: true
    })
  }
}

// The first deployment comes before the first metric: the queries are not validated against tables then.
resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for rule in rules: {
    name: '${namePrefix}-${rule.key}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: rule.title
      severity: rule.severity
      enabled: enabled
      scopes: [workspaceId]
      windowSize: rule.window
      evaluationFrequency: rule.frequency
      autoMitigate: true
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: rule.query
            timeAggregation: 'Count'
            operator: 'GreaterThan'
            threshold: 0
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: {
        actionGroups: [actionGroup.id]
      }
    }
  }
]

output names string[] = [for (rule, index) in rules: alerts[index].name]
