using System.Globalization;
using Dfx.Harness.Reporting.Statistics;
using Dfx.Sdk;

namespace Dfx.Harness.Reporting.Figures;

/// <summary>A metric of one configuration over its seeds.</summary>
internal sealed record Measurement
{
    public required string Dataset { get; init; }

    public required string Task { get; init; }

    public required string Method { get; init; }

    /// <summary><c>none</c>, or the correction.</summary>
    public required string Correction { get; init; }

    /// <summary>What part of its training the correction had.</summary>
    public double CorrectionCheckpoint { get; init; } = 1;

    public required string Sampler { get; init; }

    /// <summary>The budget; null if the sampler chooses its evaluations itself.</summary>
    public required double? Budget { get; init; }

    /// <summary>What part of the training the model had.</summary>
    public required double Checkpoint { get; init; }

    public required string Batch { get; init; }

    /// <summary>What must not be mixed in one figure: samples, precision, device and threads.</summary>
    public required string Setting { get; init; }

    public required string Metric { get; init; }

    public required string Protocol { get; init; }

    public required Direction Better { get; init; }

    /// <summary>Network evaluations an image, counted by the host.</summary>
    public required double NfeUsed { get; init; }

    /// <summary>Training seconds; null if nobody measured them.</summary>
    public required double? TrainSeconds { get; init; }

    /// <summary>The value of each seed.</summary>
    public required IReadOnlyList<double> Values { get; init; }

    internal double Mean => Means.Of(Values);

    /// <summary>The correction, whatever part of its training it had: <c>residual from dsm</c> of <c>residual at 0.25 from dsm</c>.</summary>
    internal string CorrectionName => CorrectionCheckpoint < 1 && Correction.LastIndexOf(Suffix, StringComparison.Ordinal) is >= 0 and var place ? Correction.Remove(place, Suffix.Length) : Correction;

    private string Suffix => string.Create(CultureInfo.InvariantCulture, $" at {CorrectionCheckpoint}");

    internal string Label => Correction == "none" ? Method : $"{Method} + {Correction}";

    /// <summary>The mean at a place, with the smallest and largest seed as its interval.</summary>
    internal DataPoint At(double x) =>
        Values.Count > 1 ? new(x, Mean, Values.Min(), Values.Max(), Values.Count) : new(x, Mean, null, null, Values.Count);

    /// <summary>The measurements of all cells that have a result, without counts that are neither good nor bad.</summary>
    internal static IReadOnlyList<Measurement> Of(Results results)
    {
        // Most cells share their names.
        var axes = results.Cells.Select(cell => cell.Axes.Keys).Distinct().SelectMany(names => names).Distinct(StringComparer.Ordinal).Where(axis => axis != "seed");
        return Of(results, CellKeys.Of(results.Cells, axes));
    }

    private static IReadOnlyList<Measurement> Of(Results results, IReadOnlyList<long> configurations) =>
    [.. from cell in results.Cells.Zip(configurations, (cell, configuration) => (Row: cell, Configuration: configuration))
        where cell.Row.Outcome is not null
        from metric in cell.Row.Outcome!.Metrics
        where double.IsFinite(metric.Value) && metric.Better != Direction.None
        group (Cell: cell.Row, metric.Value, metric.Better) by (cell.Configuration, metric.Name, metric.Protocol) into seeds
        let first = seeds.First().Cell
        select new Measurement
        {
            Dataset = first.Axes["dataset"],
            Task = first.Axes["task"],
            Method = first.Axes["method"],
            Correction = first.Axes["correction"],
            CorrectionCheckpoint = Numbers.Of(results.Labels.Find("correction", first.Axes["correction"], "checkpoint") ?? "") ?? 1,
            Sampler = first.Axes["sampler"],
            Budget = Numbers.Of(first.Axes["nfe"]),
            Checkpoint = Numbers.Of(first.Axes["checkpoint"]) ?? 1,
            Batch = first.Axes["batch"],
            Setting = $"{first.Axes["samples"]} samples, {first.Axes["precision"]}, {first.Axes["device"]}, {first.Axes["threads"]} thread(s)",
            Metric = seeds.Key.Name,
            Protocol = seeds.Key.Protocol,
            Better = seeds.First().Better,
            NfeUsed = Means.Of([.. seeds.Select(s => s.Cell.Outcome?.NfeUsed ?? 0)]),
            TrainSeconds = Average([.. seeds.Select(s => s.Cell.Timing?.TrainSeconds).OfType<double>()]),
            Values = [.. seeds.Select(s => s.Value)],
        }];

    private static double? Average(IReadOnlyList<double> values) => values.Count > 0 ? Means.Of(values) : null;
}
