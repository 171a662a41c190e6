using System.Reflection;
using FlexCrew.Database;
using FlexCrew.Database.Checks;
using FlexCrew.Database.Connection;

namespace FlexCrew.Tests.Database;

/// <summary>What may be sent again is told by the statement itself.</summary>
public sealed class QueryTests
{
    [Theory]
    [InlineData("select 1", true)]
    [InlineData("\n  SELECT a.updated_at from public.a a", true)]
    [InlineData("with a as (select 1) select * from a; select 2;", true)]
    [InlineData("select has_table_privilege('public.t', 'update')", true)]
    [InlineData("with gone as (delete from t returning 1) select * from gone", false)]
    [InlineData("with a as (select 1) insert into t select * from a", false)]
    [InlineData("select 1; update t set n = 1", false)]
    [InlineData("select n from t for update skip locked", false)]
    [InlineData("select public.log_activity_as(@actor)", false)]
    [InlineData("select nextval('s')", false)]
    [InlineData("insert into t select 1", false)]
    [InlineData("do 'begin end'", false)]
    [InlineData("selecting", false)]
    public void A_statement_is_a_read_when_it_certainly_changes_nothing(string sql, bool isRead) =>
        Assert.Equal(isRead, new Query("any", sql).IsRead);

    [Fact]
    public void Asking_for_hidden_rows_makes_no_query_a_write() =>
        Assert.True(new Query("any", $"select {RowLevelSecurity.FirstHiddenOfASync}").IsRead);

    [Fact]
    public void The_first_query_of_a_click_is_a_read_so_that_it_finds_dead_connections()
    {
        var role = typeof(Callers).GetFields(BindingFlags.Static | BindingFlags.NonPublic).Select(field => field.GetValue(null))
            .OfType<Query>();

        Assert.True(Assert.Single(role).IsRead);
    }
}
