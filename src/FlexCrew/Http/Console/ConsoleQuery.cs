using System.Globalization;
using FlexCrew.Http.Endpoints;
using FlexCrew.Http.Protocol;
using Microsoft.AspNetCore.Http;

namespace FlexCrew.Http;

/// <summary>Reads the parameters of the console's reads. What cannot be read is refused with a sentence that names it.</summary>
internal sealed class ConsoleQuery(IQueryCollection query)
{
    private const int LongestText = 100;

    /// <summary>What is wrong with the parameters; null when nothing is.</summary>
    public string? Error { get; private set; }

    /// <summary>A text; null when it is missing or empty.</summary>
    public string? Text(string name)
    {
        var text = query[name].FirstOrDefault();
        if (string.IsNullOrWhiteSpace(text)) return null;
        return text.Length <= LongestText && !text.Contains('\0')
            ? text
            : Refuse<string>($"{name} must have at most {LongestText} characters");
    }

    /// <summary>A whole number between 1 and <paramref name="most"/>.</summary>
    public int Number(string name, int otherwise, int most)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most)
            return number;
        Refuse<string>($"{name} must be a number from 1 to {most}");
        return otherwise;
    }

    /// <summary>A UUID; null when it is missing.</summary>
    public Guid? Id(string name)
    {
        if (Text(name) is not { } text) return null;
        if (Uuid.Parse(text) is { } id) return id;
        Refuse<string>(Replies.NoUuid(name));
        return null;
    }

    /// <summary>A point in time; null when it is missing.</summary>
    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)) return time;
        Refuse<string>($"{name} must be a time such as 2026-01-31T12:00:00Z");
        return null;
    }

    /// <summary>A department; null when it is missing.</summary>
    public string? Department(string name)
    {
        if (Text(name) is not { } text) return null;
        return KnownDepartments.Of(text) ?? Refuse<string>("Unknown department");
    }

    private T? Refuse<T>(string error) where T : class
    {
        Error ??= error;
        return null;
    }
}
