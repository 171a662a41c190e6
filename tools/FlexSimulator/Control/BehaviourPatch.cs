using System.Text.Json;
using System.Text.Json.Nodes;

namespace FlexSimulator;

/// <summary>Changes some of a behaviour and leaves the rest (a JSON merge patch: null puts back the default).</summary>
internal static class BehaviourPatch
{
    /// <summary>The behaviour with the patch; <c>token</c> may be given too, though it is never told.</summary>
    /// <exception cref="JsonException">The patch names something that there is not.</exception>
    public static FlexBehaviour Apply(FlexBehaviour behaviour, JsonObject patch)
    {
        patch = patch.DeepClone().AsObject();
        var token = behaviour.Token;
        if (patch.ContainsKey("token"))
        {
            token = patch["token"]?.GetValue<string>();
            patch.Remove("token");
        }
        var json = JsonSerializer.SerializeToNode(behaviour, ControlJson.Options)!.AsObject();
        Merge(json, patch);
        var patched = json.Deserialize<FlexBehaviour>(ControlJson.Options)!;
        patched.Token = token;
        return patched;
    }

    public static FlexBehaviour Copy(FlexBehaviour behaviour) => Apply(behaviour, []);

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (key, value) in patch)
        {
            if (value is null) target.Remove(key);
            else if (value is JsonObject inner && target[key] is JsonObject existing) Merge(existing, inner);
            else target[key] = value.DeepClone();
        }
    }
}
