namespace FlexSimulator;

/// <summary>Lines to look at: what a crew call that people work with holds.</summary>
internal static class DemoWorld
{
    public const string CrewCallId = "0f1e2d3c-4b5a-4678-8796-a5b4c3d2e1f0";

    private const string Responsable = "2916b300-c515-11ea-a087-2a0a4490a7fb";

    public static void Fill(FlexWorld world)
    {
        if (world.CrewCalls.Count == 0) world.CreateCrewCall(CrewCallId, "Demo crew call");
        foreach (var crewCall in world.CrewCalls)
        {
            crewCall.AddNote("Load-in 08:00, gate 3");
            var header = crewCall.AddHeader("Sound");
            crewCall.AddContact(world.NewId(), Responsable, header.Id, name: "Alba Ruiz");
            crewCall.AddContact(world.NewId(), name: "Jon Etxeberria");
        }
    }
}
