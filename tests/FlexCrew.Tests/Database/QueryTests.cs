using System.Reflection;
using System.Text.RegularExpressions;
using FlexCrew.Database;

namespace FlexCrew.Tests.Database;

/// <summary>What may be sent again is told by the statement itself.</summary>
public sealed partial class QueryTests
{
    private static readonly IReadOnlyList<Query> All =
    [
        .. typeof(Query).Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public))
            .Where(field => field.FieldType == typeof(Query))
            .Select(field => (Query)field.GetValue(null)!),
    ];

    [Fact]
    public void A_query_that_may_be_sent_again_changes_nothing()
    {
        Assert.Contains(All, query => query.IsRead);
        Assert.Contains(All, query => Change().IsMatch(query.Sql));
        Assert.DoesNotContain(All, query => query.IsRead && Change().IsMatch(query.Sql));
    }

    [Theory]
    [InlineData("select 1", true)]
    [InlineData("\n  SELECT 1", true)]
    [InlineData("with x as (delete from t returning 1) select * from x", false)]
    [InlineData("insert into t select 1", false)]
    [InlineData("selecting", false)]
    public void A_read_begins_with_select(string sql, bool isRead) => Assert.Equal(isRead, new Query("any", sql).IsRead);

    [GeneratedRegex(@"\b(insert\s+into|update\s+public|delete\s+from|merge\s+into|for\s+(no\s+key\s+)?update|nextval|pg_advisory)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Change();
}
