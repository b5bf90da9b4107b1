using Dfx.Sdk;

namespace Dfx.Harness.Planning;

/// <summary>What a plan depends on besides the matrix.</summary>
/// <param name="Device"><c>cpu</c> or <c>cuda</c>.</param>
/// <param name="Automatic">What <c>precision: auto</c> means on this machine.</param>
/// <param name="Libraries">The hash of the libraries that results depend on.</param>
/// <param name="Fingerprint">The content of a dataset: built-in ones are asked here, those of plugins by a worker.</param>
/// <param name="TestImages">How many test images a dataset has; asked only where the matrix restores all of them. Null if no dataset can be asked.</param>
/// <param name="Corrections">What corrections that are trained say of their options. Null if none can be asked.</param>
internal sealed record PlanSettings(
    string Device,
    Precision Automatic,
    string Libraries,
    Func<Matrix.DatasetEntry, string> Fingerprint,
    Func<Matrix.DatasetEntry, int>? TestImages = null,
    Func<CorrectionQuestion, CorrectionAnswer>? Corrections = null);
