namespace Dfx.Harness.Planning;

/// <summary>What a plan depends on besides the matrix.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Libraries">The hash of the libraries that results depend on.</param>
/// <param name="Fingerprint">The content of a dataset: built-in ones are asked here, those of plugins by a worker.</param>
internal sealed record PlanSettings(string Device, string Libraries, Func<Matrix.DatasetEntry, string> Fingerprint);
