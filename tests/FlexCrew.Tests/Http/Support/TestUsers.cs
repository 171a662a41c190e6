using FlexCrew.Database;

namespace FlexCrew.Tests.Http.Support;

/// <summary>The people of the tests, and the table of their roles.</summary>
internal sealed class TestUsers : ICallers
{
    internal static readonly Guid Management = Guid.Parse("11111111-1111-4111-8111-111111111111");
    internal static readonly Guid OtherManagement = Guid.Parse("22222222-2222-4222-8222-222222222222");
    internal static readonly Guid Admin = Guid.Parse("33333333-3333-4333-8333-333333333333");
    internal static readonly Guid Technician = Guid.Parse("44444444-4444-4444-8444-444444444444");
    internal static readonly Guid Nobody = Guid.Parse("55555555-5555-4555-8555-555555555555");

    internal Dictionary<Guid, string?> Roles { get; } = new()
    {
        [Management] = "management",
        [OtherManagement] = "management",
        [Admin] = "admin",
        [Technician] = "technician",
    };

    internal Exception? Failure { get; set; }

    public Task<string?> RoleAsync(Guid userId, CancellationToken cancellation) =>
        Failure is null ? Task.FromResult(Roles.GetValueOrDefault(userId)) : Task.FromException<string?>(Failure);
}
