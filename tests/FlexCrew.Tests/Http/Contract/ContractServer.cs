namespace FlexCrew.Tests.Http.Contract;

/// <summary>A server that serves the contract, and what the cases need to know of it.</summary>
/// <param name="Base">Where it listens.</param>
/// <param name="Issuer">The issuer of its tokens.</param>
/// <param name="JwtSecret">The secret that signs them.</param>
/// <param name="Values">Values of placeholders: <c>job</c>, <c>job:unmapped</c>, <c>user:management</c> …</param>
public sealed record ContractServer(Uri Base, string Issuer, string JwtSecret, IReadOnlyDictionary<string, string> Values);
