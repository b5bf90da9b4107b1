namespace Dfx.Sdk;

/// <summary>Numbers that should be finite are not: a loss, weights or samples. The job's status becomes <c>diverged</c>.</summary>
/// <param name="message">What is not finite, and where.</param>
public sealed class DivergedException(string message) : Exception(message);
