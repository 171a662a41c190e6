using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FlexCrew.Sync;

namespace FlexCrew.Tests.Architecture;

/// <summary>
/// Dependencies point one way: hosts → FlexCrew; Http → Contract; Sync → (Contract, Planning, Flex, Database, Locking).
/// </summary>
public partial class DependencyTests
{
    private static readonly Assembly FlexCrewAssembly = typeof(SyncJobFlow).Assembly;

    private static readonly ILookup<string, Type> ByFeature = FlexCrewAssembly.GetTypes().ToLookup(Feature);

    private static readonly Dictionary<string, string> RoomOf = Declarations().DistinctBy(one => one.Type).ToDictionary();

    [Theory]
    [InlineData("Locking", "Sync", "Planning", "Contract", "Flex", "Database", "Http", "Security", "Telemetry", "Comparison", "Drift")]
    [InlineData("Flex", "Database", "Locking", "Sync", "Planning", "Contract", "Http", "Security", "Comparison", "Drift")]
    [InlineData("Database", "Flex", "Locking", "Sync", "Planning", "Contract", "Http", "Security", "Comparison", "Drift")]
    [InlineData("Telemetry", "Flex", "Locking", "Sync", "Planning", "Contract", "Http", "Security", "Comparison", "Drift")]
    [InlineData("Planning", "Sync", "Contract", "Locking", "Http", "Security", "Telemetry", "Comparison", "Drift")]
    [InlineData("Contract", "Sync", "Flex", "Http", "Security", "Telemetry", "Comparison", "Drift")]
    [InlineData("Sync", "Http", "Security", "Comparison", "Drift")]
    [InlineData("Comparison", "Sync", "Contract", "Http", "Security", "Locking", "Telemetry", "Drift")]
    [InlineData("Http", "Sync", "Drift")]
    [InlineData("Drift", "Http", "Security", "Locking")]
    [InlineData("Security", "Flex", "Locking", "Sync", "Planning", "Contract", "Comparison", "Drift")]
    [InlineData("", "Sync", "Planning", "Contract", "Flex", "Database", "Locking", "Http", "Security", "Telemetry", "Comparison")]
    public void A_feature_knows_only_what_is_below_it(string feature, params string[] above)
    {
        var offences =
            from type in ByFeature[feature]
            from mentioned in TypeReferences.Of(type)
            where mentioned.Assembly == FlexCrewAssembly && above.Contains(Feature(mentioned))
            select $"{type.FullName} mentions {mentioned.FullName}";

        Assert.Empty(offences.Distinct());
    }

    /// <summary>Inside Flex: the client → (CrewCalls, Resilience → Transport → Reading). Reading is pure.</summary>
    [Theory]
    [InlineData("Reading", "Transport", "Resilience", "CrewCalls")]
    [InlineData("Transport", "Resilience", "CrewCalls")]
    [InlineData("Resilience", "CrewCalls")]
    [InlineData("CrewCalls", "Reading", "Transport", "Resilience")]
    public void A_part_of_the_Flex_client_knows_only_what_is_below_it(string part, params string[] above)
    {
        var types = ByFeature["Flex"].Where(type => Part(type) == part).ToList();
        var offences =
            from type in types
            from mentioned in TypeReferences.Of(type)
            where mentioned.Assembly == FlexCrewAssembly && Feature(mentioned) == "Flex" && above.Contains(Part(mentioned))
            select $"{type.FullName} mentions {mentioned.FullName}";

        Assert.NotEmpty(types);
        Assert.Empty(offences.Distinct());
    }

    /// <summary>Rooms within a feature: what is below does not know what is above. A room is a folder.</summary>
    [Theory]
    [InlineData("Http/Protocol", "Http/Endpoints", "Http/Console")]
    [InlineData("Http/Endpoints", "Http/Console")]
    [InlineData("Database/Connection", "Database/Checks", "Database/Crew", "Database/Runs", "Database/Console")]
    [InlineData("Database/Checks", "Database/Crew", "Database/Runs", "Database/Console")]
    [InlineData("Database/Crew", "Database/Runs", "Database/Console")]
    [InlineData("Database/Runs", "Database/Crew", "Database/Console")]
    [InlineData("Database/Console", "Database/Crew", "Database/Runs")]
    [InlineData("Sync/Budget", "Sync/Engine", "Sync/Steps")]
    [InlineData("Sync/Engine", "Sync/Steps")]
    public void A_room_knows_only_what_is_below_it(string room, params string[] above)
    {
        var types = FlexCrewAssembly.GetTypes().Where(type => Room(type) == room).ToList();
        var offences =
            from type in types
            from mentioned in TypeReferences.Of(type)
            where mentioned.Assembly == FlexCrewAssembly && above.Contains(Room(mentioned))
            select $"{type.FullName} mentions {mentioned.FullName}";

        Assert.NotEmpty(types);
        Assert.Empty(offences.Distinct());
    }

    [Fact]
    public void The_picture_shows_every_room_and_none_that_is_not_there()
    {
        var picture = RepositoryFiles.Text("docs", "rooms.md");
        var rooms = Declarations().Select(one => one.Room).Where(room => room.Length > 0).Distinct().Order();

        Assert.Equal(rooms, RoomInTable().Matches(picture).Select(match => match.Groups[1].Value).Order());
        Assert.All(rooms, room => Assert.Contains($"[{room.Split('/')[^1]}]", picture, StringComparison.Ordinal));
    }

    [Fact]
    public void The_walk_sees_what_stands_only_in_a_method_body()
    {
        Assert.Contains(typeof(Uri), TypeReferences.Of(typeof(Sample)));
        Assert.Contains(typeof(Version), TypeReferences.Of(typeof(Sample)));
        Assert.NotEmpty(ByFeature["Sync"]);
        Assert.NotEmpty(ByFeature["Locking"]);
    }

    [Fact]
    public void FlexCrew_has_no_host_in_it()
    {
        var references = FlexCrewAssembly.GetReferencedAssemblies().Select(name => name.Name!);

        Assert.DoesNotContain(references, name =>
            name.StartsWith("Microsoft.Azure", StringComparison.Ordinal) || name.Contains("DurableTask", StringComparison.Ordinal)
                || name.StartsWith("FlexCrew", StringComparison.Ordinal));
        Assert.DoesNotContain(
            Packages("src/FlexCrew/FlexCrew.csproj"), name =>
                name.Contains("Functions", StringComparison.Ordinal) || name.Contains("Durable", StringComparison.Ordinal));
    }

    [Fact]
    public void Projects_refer_to_FlexCrew_and_FlexCrew_to_none()
    {
        Assert.Empty(Projects("src/FlexCrew/FlexCrew.csproj"));
        foreach (var host in RepositoryFiles.Files("src", "*.csproj").Where(file => file.Name != "FlexCrew.csproj"))
            Assert.Equal(["FlexCrew"], Projects(Path.GetRelativePath(RepositoryFiles.Root, host.FullName)));
        Assert.Empty(Projects("tools/FlexSimulator/FlexSimulator.csproj"));
        foreach (var tool in RepositoryFiles.Files("tools", "*.csproj").Where(file => file.Name != "FlexSimulator.csproj"))
            Assert.Equal(["FlexCrew"], Projects(Path.GetRelativePath(RepositoryFiles.Root, tool.FullName)));
    }

    /// <summary>The folder of the file that declares the type, or the type that it is nested in; empty outside of a room.</summary>
    private static string Room(Type type)
    {
        while (type.DeclaringType is { } outer) type = outer;
        return RoomOf.GetValueOrDefault($"{type.Namespace}.{type.Name}".Split('`')[0], "");
    }

    private static IEnumerable<(string Type, string Room)> Declarations() =>
        from file in RepositoryFiles.Files("src/FlexCrew", "*.cs")
        let text = File.ReadAllText(file.FullName)
        let folder = Path.GetRelativePath(RepositoryFiles.PathOf("src", "FlexCrew"), file.DirectoryName!).Replace('\\', '/')
        from declared in Declared().Matches(text)
        select ($"{NamespaceOf().Match(text).Groups[1].Value}.{declared.Groups[1].Value}",
            string.Join('/', folder.Split('/').Where(part => part != ".").Take(2)));

    [GeneratedRegex(
        @"^(?:public|internal) [\w ]*?(?:class|record struct|record|interface|enum|struct|delegate \S+) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declared();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceOf();

    [GeneratedRegex(@"^\| `([\w/]+)` \|", RegexOptions.Multiline)]
    private static partial Regex RoomInTable();

    private static string Feature(Type type) => type.Namespace?.Split('.') is ["FlexCrew", var feature, ..] ? feature : "";

    private static string Part(Type type) => type.Namespace?.Split('.') is ["FlexCrew", _, var part, ..] ? part : "";

    private static IEnumerable<string> Projects(string path) =>
        Elements(path, "ProjectReference").Select(include => Path.GetFileNameWithoutExtension(include.Replace('\\', '/')));

    private static IEnumerable<string> Packages(string path) => Elements(path, "PackageReference");

    private static IEnumerable<string> Elements(string path, string name) =>
        XDocument.Load(Path.Combine(RepositoryFiles.Root, path)).Descendants(name).Select(element => element.Attribute("Include")!.Value);

    private static class Sample
    {
        public static object Make(bool yes) => yes ? new Uri("http://localhost") : Make<Version>();

        private static object Make<T>() => typeof(T);
    }
}
