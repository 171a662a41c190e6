using FlexCrew.Database;
using FlexCrew.Security;
using FlexCrew.Tests.Http.Support;
using Microsoft.Extensions.Primitives;

namespace FlexCrew.Tests.Security;

/// <summary>From the header to the role.</summary>
public sealed class CallerAuthorizerTests : IAsyncLifetime
{
    private static readonly Authorization Malformed = new Authorization.Denied(401, "Missing or malformed authorization header");
    private static readonly Authorization Forbidden = new Authorization.Denied(403, "Forbidden: insufficient permissions");

    private AuthBench bench = null!;

    public async Task InitializeAsync() => bench = await AuthBench.StartAsync();

    public async Task DisposeAsync() => await bench.DisposeAsync();

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER \t {0} ")]
    public async Task The_scheme_is_read_without_regard_to_case_and_spaces(string form)
    {
        var authorization = await bench.AuthorizeHeaderAsync(string.Format(null, form, bench.Token()));
        Assert.Equal(new Authorization.Granted(new Caller(TestUsers.Management, "management")), authorization);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer\u00a0")]
    [InlineData("Basic abc")]
    [InlineData("BearerToken abc")]
    [InlineData("abc")]
    public async Task Another_form_is_malformed(string header) => Assert.Equal(Malformed, await bench.AuthorizeHeaderAsync(header));

    [Fact]
    public async Task No_header_and_two_headers_are_malformed()
    {
        var valid = "Bearer " + bench.Token();
        Assert.Equal(Malformed, await bench.AuthorizeHeaderAsync(StringValues.Empty));
        Assert.Equal(Malformed, await bench.AuthorizeHeaderAsync(new StringValues([valid, valid])));
    }

    [Theory]
    [InlineData("admin", true, true)]
    [InlineData("Admin", true, true)]
    [InlineData("management", true, false)]
    [InlineData("MANAGEMENT", true, false)]
    [InlineData("logistics", false, false)]
    [InlineData("technician", false, false)]
    [InlineData("house_tech", false, false)]
    [InlineData("wallboard", false, false)]
    [InlineData("oscar", false, false)]
    [InlineData("administrator", false, false)]
    [InlineData(" admin", false, false)]
    [InlineData("", false, false)]
    [InlineData(null, false, false)]
    public async Task A_role_may_what_it_may(string? role, bool maySync, bool mayFreeLeases)
    {
        bench.Users.Roles[TestUsers.Management] = role;
        var sync = await bench.AuthorizeAsync(bench.Token(), RequiredRole.Management);
        var free = await bench.AuthorizeAsync(bench.Token(), RequiredRole.Admin);
        Assert.Equal(maySync ? new Authorization.Granted(new Caller(TestUsers.Management, role!.ToLowerInvariant())) : Forbidden, sync);
        Assert.Equal(mayFreeLeases, free is Authorization.Granted);
    }

    [Fact]
    public async Task A_role_that_cannot_be_looked_up_is_not_the_callers_fault()
    {
        bench.Users.Failure = new DatabaseException("caller's role", "timeout", true);
        Assert.Equal(new Authorization.Denied(500, "Authorization lookup failed"), await bench.AuthorizeAsync(bench.Token()));
    }

    [Fact]
    public async Task A_demoted_user_is_refused_with_the_same_token()
    {
        var token = bench.Token();
        Assert.IsType<Authorization.Granted>(await bench.AuthorizeAsync(token));
        bench.Users.Roles[TestUsers.Management] = "technician";
        Assert.Equal(Forbidden, await bench.AuthorizeAsync(token));
    }
}
