using FlexCrew.Http.Protocol;

namespace FlexCrew.Http;

/// <summary>Times of the database in answers: UTC, whole seconds.</summary>
internal static class ConsoleTime
{
    internal static string Of(DateTime time) => Timestamp.Of(new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc)));

    internal static string? Of(DateTime? time) => time is { } known ? Of(known) : null;
}
