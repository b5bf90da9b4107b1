using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Stf.Analyses;

/// <summary>The parameters of <see cref="ReferencesAnalysis"/>.</summary>
/// <param name="Process">Whose training levels are counted.</param>
/// <param name="ReferenceBatch">n.</param>
/// <param name="SigmaMin">Where the first bin ends and the second begins.</param>
/// <param name="SigmaMax">Where the last bin begins.</param>
/// <param name="Bins">How many bins.</param>
/// <param name="States">Targets a bin.</param>
public sealed record ReferencesOptions(
    [Description("Noise schedule whose training levels are counted: edm, ve, vp, sub-vp or iddpm.")] ProcessKind Process = ProcessKind.Edm,
    [Description("n, at most the training set.")][Range(1, 65536)] int ReferenceBatch = 4096,
    [Description("The lowest noise level; what lies below is in the first bin.")][Range(1e-6, 1e6)] double SigmaMin = 0.02,
    [Description("The highest noise level; what lies above is in the last bin.")][Range(1e-6, 1e6)] double SigmaMax = 100,
    [Description("Bins, geometric.")][Range(1, 1000)] int Bins = 17,
    [Description("Targets a bin.")][Range(2, 65536)] int States = 256);
