// The charts an operator looks at.
import { flexBudget } from 'settings.bicep'

param location string
param tags object
param displayName string
param workspaceId string

@description('What Flex grants the customer, drawn beside what was used.')
param budget flexBudget

var perHour = replace(loadTextContent('../workbook.json'), '##HOURLY_BUDGET##', string(budget.perHour))
var charts = replace(perHour, '##DAILY_BUDGET##', string(budget.perDay))

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
