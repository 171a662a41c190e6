using System.Text.Json;
using System.Text.RegularExpressions;

namespace FlexCrew.Tests.Infrastructure.Template;

public sealed partial class RoleTests
{
    /// <summary>Azure's built-in roles (https://learn.microsoft.com/azure/role-based-access-control/built-in-roles).</summary>
    private static readonly Dictionary<string, string> BuiltIn = new()
    {
        ["Storage Blob Data Owner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["Storage Queue Data Contributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["Storage Table Data Contributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        ["Key Vault Secrets User"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["Key Vault Secrets Officer"] = "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        ["Monitoring Metrics Publisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["Durable Task Data Contributor"] = "0ad04412-c4d5-4796-b79c-f76d14c8d402",
    };

    [Fact]
    public void Every_id_in_the_template_is_the_role_that_its_name_says() =>
        Assert.Equal(
            BuiltIn.ToDictionary(role => CamelCase(role.Key), role => role.Value),
            Named().ToDictionary(role => role.Name, role => role.Id));

    [Fact]
    public void No_id_is_written_without_a_name() => Assert.Equal(Named().Count(), Id().Count(CompiledTemplate.Text));

    [Fact]
    public void Roles_are_granted_on_a_single_resource_and_never_on_the_whole_group()
    {
        var grants = CompiledTemplate.Resources("Microsoft.Authorization/roleAssignments").ToList();
        Assert.NotEmpty(grants);
        Assert.All(grants, grant =>
            Assert.Contains("resourceId('Microsoft.", grant.GetProperty("scope").GetString(), StringComparison.Ordinal));
    }

    /// <summary>Variables that hold an id, or an object of them.</summary>
    private static IEnumerable<(string Name, string Id)> Named() =>
        CompiledTemplate.All().SelectMany(template => CompiledTemplate.Section(template, "variables"))
            .SelectMany(variable =>
                variable.Value.ValueKind == JsonValueKind.Object ? variable.Value.EnumerateObject() : Enumerable.Repeat(variable, 1))
            .Where(variable => variable.Value.ValueKind == JsonValueKind.String && Guid.TryParse(variable.Value.GetString(), out _))
            .Select(variable => (variable.Name, variable.Value.GetString()!));

    private static string CamelCase(string name) =>
        char.ToLowerInvariant(name[0]) + name[1..].Replace(" ", "", StringComparison.Ordinal);

    // Not those that the text of the workbook holds, which is JSON within a string.
    [GeneratedRegex("(?<!\\\\\")[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")]
    private static partial Regex Id();
}
