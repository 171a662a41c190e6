using System.Data;
using Dapper;
using Npgsql;
using NpgsqlTypes;

namespace FlexCrew.Database.Connection;

/// <summary>
/// An id of Flex as a parameter without a type: PostgreSQL takes the column's, which is uuid in production and text in
/// the older schema. An id that does not fit a uuid column is refused by PostgreSQL (22P02).
/// </summary>
/// <param name="value">The id.</param>
internal sealed class UntypedParameter(string value) : SqlMapper.ICustomQueryParameter
{
    /// <inheritdoc/>
    public void AddParameter(IDbCommand command, string name) =>
        command.Parameters.Add(new NpgsqlParameter(name, NpgsqlDbType.Unknown) { Value = value });
}
