using FlexCrew.Flex.Reading;
using FlexCrew.Flex.Resilience;
using FlexCrew.Flex.Transport;
using FlexCrew.Telemetry;

namespace FlexCrew.Flex;

/// <summary>The Flex API over HTTP.</summary>
internal sealed class HttpFlexApi(FlexPipeline pipeline, TimeProvider time) : IFlexApi
{
    public async Task<FlexRead<IReadOnlyList<FlexContact>>> ListAsync(
        FlexListing listing, string elementId, FlexScope scope, CancellationToken cancellation)
    {
        if (!FlexIds.AreUsable(elementId))
            return FlexRead<IReadOnlyList<FlexContact>>.Failed(FlexIds.Unusable);
        for (var pages = new ListingPages(); ;)
        {
            var call = FlexCall.Read(
                Operation(listing), elementId, () => FlexRequest.List(listing, elementId, time.GetUtcNow(), pages.Next), scope);
            var reply = await pipeline.SendAsync(call, cancellation);
            if (ReplyRules.FailureOf(reply) is { } failure)
                return FlexRead<IReadOnlyList<FlexContact>>.Failed(failure);
            var read = ListingReader.Read(reply.Body);
            if (read.Value is not { } page)
                return FlexRead<IReadOnlyList<FlexContact>>.Failed(read.Failure!);
            if (pages.Take(page) is { } listed)
                return listed;
        }
    }

    public async Task<WriteOutcome> AddResourceAsync(string elementId, string resourceId, FlexScope scope, CancellationToken cancellation)
    {
        if (!FlexIds.AreUsable(elementId, resourceId))
            return new WriteOutcome.NotApplied(FlexIds.Unusable);
        var form = await AddAsync(FlexRequest.Add(elementId, resourceId));
        if (form is not WriteOutcome.NotApplied { Failure.Status: 400 or 415 })
            return form;
        var empty = await AddAsync(FlexRequest.AddWithoutForm(elementId, resourceId));
        return empty is WriteOutcome.NotApplied { Failure.Kind: FailureKind.FlexRejected } ? form : empty;

        Task<WriteOutcome> AddAsync(FlexRequest request) =>
            WriteAsync(WriteKind.Add, FlexCall.Write(WriteKind.Add, elementId, () => request, scope), cancellation);
    }

    public async Task<WriteOutcome> SetBusinessRoleAsync(
        string elementId, string lineItemId, string roleId, FlexScope scope, CancellationToken cancellation) =>
        FlexIds.AreUsable(elementId, lineItemId)
            ? await WriteAsync(WriteKind.SetRole, FlexCall.Write(
                WriteKind.SetRole, lineItemId, () => FlexRequest.SetBusinessRole(elementId, lineItemId, roleId), scope), cancellation)
            : new WriteOutcome.NotApplied(FlexIds.Unusable);

    public async Task<WriteOutcome> DeleteAsync(string lineItemId, FlexScope scope, CancellationToken cancellation) =>
        FlexIds.AreUsable(lineItemId)
            ? await WriteAsync(WriteKind.Delete, FlexCall.Write(
                WriteKind.Delete, lineItemId, () => FlexRequest.Delete(lineItemId), scope, [lineItemId]), cancellation)
            : new WriteOutcome.NotApplied(FlexIds.Unusable);

    public async Task<WriteOutcome> DeleteManyAsync(
        IReadOnlyCollection<string> lineItemIds, string key, FlexScope scope, CancellationToken cancellation) =>
        lineItemIds.Count > 0 && FlexIds.AreUsable([.. lineItemIds])
            ? await WriteAsync(WriteKind.DeleteMany, FlexCall.Write(
                WriteKind.DeleteMany,
                $"{lineItemIds.Count} line items",
                () => FlexRequest.DeleteMany(lineItemIds.Except(scope.Spared, FlexIds.Comparer), key),
                scope,
                lineItemIds), cancellation)
            : new WriteOutcome.NotApplied(FlexIds.Unusable);

    private async Task<WriteOutcome> WriteAsync(WriteKind kind, FlexCall call, CancellationToken cancellation)
    {
        var outcome = WriteRules.OutcomeOf(kind, await pipeline.SendAsync(call, cancellation));
        if (outcome is WriteOutcome.Unknown)
            FlexTelemetry.RecordUnknownOutcome(call.Operation);
        return outcome;
    }

    private static string Operation(FlexListing listing) => listing switch
    {
        FlexListing.RowData => "list-row-data",
        FlexListing.LineItems => "list-line-items",
        FlexListing.Children => "list-children",
        _ => "list-single",
    };
}
