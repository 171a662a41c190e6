using 'main.bicep'

// Development: scales to nothing, keeps little, wakes nobody at night.
param environmentName = 'dev'
param supabaseUrl = readEnvironmentVariable('SUPABASE_URL')
// No default: a development environment must not write to the production Flex by accident.
param flexApiBaseUrl = readEnvironmentVariable('FLEX_API_BASE_URL')
param usesJwtSecret = readEnvironmentVariable('USES_JWT_SECRET', '') != 'false'
// With the anon key, signed-out sessions are refused at once: FlexCrew asks Supabase about each token.
param supabaseAnonKey = readEnvironmentVariable('SUPABASE_ANON_KEY', '')

// Values that are set in the environment go into the vault; those that are not stay as the vault has them.
param flexToken = readEnvironmentVariable('X_AUTH_TOKEN', '')
param supabaseJwtSecret = readEnvironmentVariable('SUPABASE_JWT_SECRET', '')
param supabaseDbUrl = readEnvironmentVariable('SUPABASE_DB_URL', '')
param secretsOfficerIds = filter(split(readEnvironmentVariable('SECRETS_OFFICER_IDS', ''), ','), id => !empty(id))

// The app has to be built for it: docs/configuration.md.
param durableBackend = readEnvironmentVariable('DURABLE_TASK_SCHEDULER', '') == 'true' ? 'DurableTaskScheduler' : 'AzureStorage'
param durableAlwaysReady = 0
param maximumInstanceCount = 1

param logDailyQuotaGb = 1
param alertEmails = filter(split(readEnvironmentVariable('ALERT_EMAILS', ''), ','), address => !empty(address))
param alertWorkingHours = {
  timeZone: 'Europe/Madrid'
  from: 9
  to: 19
  withoutSuccess: 0
}
