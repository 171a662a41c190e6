using FlexCrew.Bench.Simulator;
using FlexCrew.Bench.Worlds;

namespace FlexCrew.Bench.Schedule;

/// <summary>One comparison: a world, the latency of Flex, and what is wrong with it.</summary>
internal sealed record Cell(Scenario Scenario, int Latency, Trouble Trouble);
