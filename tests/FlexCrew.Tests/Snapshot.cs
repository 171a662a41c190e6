
namespace FlexCrew.Tests;

/// <summary>Compares a text with the one on record. With UPDATE_SNAPSHOTS=1 the record is written instead.</summary>
public static class Snapshot
{
    public static void AssertIs(string relativePath, string text)
    {
        var path = RepositoryFiles.PathOf(relativePath);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, text);
        Assert.True(File.Exists(path), $"{relativePath} is not there; run once with UPDATE_SNAPSHOTS=1 and review what it wrote");
        Assert.Equal(File.ReadAllText(path), text);
    }
}
