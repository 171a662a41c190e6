using FlexCrew.Database;

namespace FlexCrew.IntegrationTests.Database;

public abstract class CallersTests(SchemaKind kind) : DatabaseTest(kind)
{
    private protected Callers Callers => new(Source);

    [Theory]
    [InlineData("admin")]
    [InlineData("management")]
    [InlineData("technician")]
    public async Task A_caller_has_the_role_of_the_profile(string role)
    {
        var user = await Database.AddTechnicianAsync(role: role);

        Assert.Equal(role, await Callers.RoleAsync(user, default));
    }

    [Fact]
    public async Task A_caller_without_a_profile_has_no_role() =>
        Assert.Null(await Callers.RoleAsync(Guid.NewGuid(), default));
}

public sealed class CallersOnProduction() : CallersTests(SchemaKind.Migrated);

public sealed class CallersOnAdr() : CallersTests(SchemaKind.MigratedAdr)
{
    [Fact]
    public async Task A_profile_without_a_role_gives_none() =>
        Assert.Null(await Callers.RoleAsync(await Database.AddTechnicianAsync(role: null), default));
}
