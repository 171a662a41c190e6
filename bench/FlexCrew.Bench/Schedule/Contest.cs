using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Schedule;

/// <summary>One contest: a world, the latency of Flex, and what is wrong with it.</summary>
internal sealed record Contest(Scenario Scenario, int Latency, Trouble Trouble);
