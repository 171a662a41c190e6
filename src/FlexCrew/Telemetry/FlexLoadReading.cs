namespace FlexCrew.Telemetry;

/// <summary>The load that this process puts on Flex, at one moment.</summary>
/// <param name="Limit">Requests that may be under way at once.</param>
/// <param name="InFlight">Requests that are.</param>
/// <param name="LastHour">Requests of the last hour.</param>
/// <param name="LastDay">Requests of the last day.</param>
internal readonly record struct FlexLoadReading(int Limit, int InFlight, int LastHour, int LastDay);
