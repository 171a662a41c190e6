// The charts an operator looks at.
param location string
param tags object
param displayName string
param workspaceId string

@description('Requests that Flex grants the customer per hour, drawn beside those that were sent.')
param hourlyBudget int

@description('The same per day.')
param dailyBudget int

var perHour = replace(loadTextContent('../workbook.json'), '##HOURLY_BUDGET##', string(hourlyBudget))
var charts = replace(perHour, '##DAILY_BUDGET##', string(dailyBudget))

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(workspaceId, 'flexcrew-workbook')
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: displayName
    category: 'workbook'
    version: '1.0'
    sourceId: workspaceId
    serializedData: replace(charts, '##WORKSPACE_ID##', workspaceId)
  }
}

output id string = workbook.id
