using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;

namespace FlexSimulator;

/// <summary>The connections that are open, so that all can be broken at once.</summary>
internal sealed class OpenConnections
{
    private readonly ConcurrentDictionary<ConnectionContext, bool> open = [];

    public ConnectionDelegate Track(ConnectionDelegate next) => async connection =>
    {
        open[connection] = true;
        try
        {
            await next(connection);
        }
        finally
        {
            open.TryRemove(connection, out _);
        }
    };

    public void AbortAll()
    {
        foreach (var connection in open.Keys)
            connection.Abort(new ConnectionAbortedException("The simulator has gone down."));
    }
}
