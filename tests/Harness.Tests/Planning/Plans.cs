using Dfx.Harness.Matrix;
using Dfx.Harness.Planning;
using Dfx.Harness.Tests.Matrix;
using Dfx.Sdk;

namespace Dfx.Harness.Tests;

/// <summary>Plans of the test plugins, with what a host would ask its machine for.</summary>
internal static class Plans
{
    /// <summary>The plan of a small matrix in which some keys differ.</summary>
    internal static Plan Of(params ReadOnlySpan<(string Key, string? Value)> changes) => Make(Matrices.Read(changes));

    /// <summary>What a cell's samples are made from: the keys of a model's training and of a correction's. None for a cell that has no meaning.</summary>
    internal static IReadOnlyList<string> Trainings(this Plan plan, Job cell) => cell.Needs is [var sample] ? plan.Jobs.Single(job => job.Key == sample).Needs : [];

    internal static Plan Make(MatrixFile matrix, string device = "cpu", string libraries = "lib", Func<DatasetEntry, string>? fingerprint = null, Precision automatic = Precision.Float32, int testImages = 0, Func<CorrectionQuestion, CorrectionAnswer>? corrections = null) =>
        Planner.Make(matrix, new(device, automatic, libraries, fingerprint ?? (dataset => "data of " + string.Join(' ', dataset.Choice.Options.Values)), _ => testImages, corrections));
}
