using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Dfx.Stf.Analyses;

/// <summary>The parameters of <see cref="OverheadAnalysis"/>.</summary>
/// <param name="Process">The process that is trained.</param>
/// <param name="Batch">B.</param>
/// <param name="ReferenceBatch">The largest n.</param>
/// <param name="Steps">Steps of each kind.</param>
public sealed record OverheadOptions(
    [Description("Noise schedule: edm, ve, vp, sub-vp or iddpm.")] ProcessKind Process = ProcessKind.Edm,
    [Description("B: images a step, at most the training set.")][Range(1, 65536)] int Batch = 128,
    [Description("The largest n, at most the training set; the others are B, 2 B, 4 B and so on.")][Range(1, 65536)] int ReferenceBatch = 4096,
    [Description("Timed steps of each kind.")][Range(2, 100_000)] int Steps = 10);
