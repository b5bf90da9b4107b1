using Dfx.Sdk;

namespace Dfx.Harness.Reporting.Figures.Makers;

/// <summary>A metric against the network evaluations that the host counted, each method with the one sampler that suits it best: the comparison at a glance.</summary>
internal static class BestFigure
{
    private const string Kind = "best";

    /// <summary>The figure; null if there is one sampler or one method alone, of which the figure with a panel a sampler says as much.</summary>
    internal static Figure? Make(MetricGroup group)
    {
        var final = group.Final.Where(m => m.NfeUsed > 0).ToList();
        if (final.DistinctBy(m => m.Sampler).Count() < 2 || final.DistinctBy(m => m.Label).Count() < 2)
        {
            return null;
        }

        var labels = new Multiples.Labelling(final);
        var series = final.GroupBy(labels.Of, StringComparer.Ordinal).OrderBy(method => method.Key, StringComparer.Ordinal)
            .Select(method => Best([.. method]))
            .Select(best => new Series($"{labels.Of(best[0])}, {best[0].Sampler}", group.Looks.Method(best[0]), NfeFigure.Points(best)))
            .ToList();
        var better = final[0].Better == Direction.Higher ? "highest" : "lowest";
        return series.TrueForAll(s => s.Points.Count < 2) ? null : NfeFigure.Of(
            group, Kind, ", each method with its best sampler", $" Best is the sampler with the {better} mean at any budget: chosen by the same numbers that are shown.", [new("", series)]);
    }

    /// <summary>A method's measurements with the sampler that has the best of them.</summary>
    private static List<Measurement> Best(IReadOnlyList<Measurement> method)
    {
        var sign = method[0].Better == Direction.Higher ? -1 : 1;
        var sampler = method.OrderBy(m => sign * m.Mean).ThenBy(m => m.Sampler, StringComparer.Ordinal).First().Sampler;
        return [.. method.Where(m => m.Sampler == sampler)];
    }
}
