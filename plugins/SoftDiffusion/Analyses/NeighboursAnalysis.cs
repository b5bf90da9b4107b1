using System.Globalization;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>
/// Whether a trained model repeats its training images (Daras et al. 2023, appendix F.3 and figure 9): samples beside their nearest training images,
/// and how far these are, beside the same of test images.
/// </summary>
/// <param name="options">Its parameters.</param>
[Analysis("soft-neighbours", "Samples and their nearest training images", Paper = "Daras et al., TMLR 2023")]
public sealed class NeighboursAnalysis(NeighboursOptions options) : IAnalysis
{
    private const int Shown = 16;
    private static readonly double[] s_quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1];

    /// <inheritdoc/>
    public AnalysisTable Run(AnalysisContext context)
    {
        var model = AnalysedModel.Of(context, "soft-neighbours");
        var data = context.Model.Data;
        using var scope = torch.NewDisposeScope();
        using var outside = torch.no_grad();
        var samples = model.Samples("soft-neighbours/samples", options.Nfe, options.Samples, done => context.Progress.Report(done, options.Samples, "samples"));
        samples.clamp_(-1, 1); // as pictures: numbers that no image can have would only make samples look farther away
        var images = data.Count(Split.Test) > 0 ? torch.cat([samples, model.Unseen("soft-neighbours/test", options.Samples)], 0) : samples;
        var search = new NearestImages(data);
        var nearest = search.Of(images, done => context.Progress.Report(done, data.Count(Split.Train), "search"), context.Cancellation);
        var distances = search.Distances(images, nearest);
        return Table(distances[..options.Samples], distances[options.Samples..]) with
        {
            Sheets = Pictures.Are(data.Shape) ? Pictures.Out(scope, [Sheet(samples, data, nearest, distances)]) : [],
        };
    }

    private static AnalysisTable Table(double[] samples, double[] test) => new(
        [
            new("images", "samples of the model, or test images."),
            new("quantile", "Which part of the images is nearer than the distance."),
            new("distance", "To the nearest training image: root mean square a number, for images in [-1, 1]."),
            new("relative", "The distance by that of test images at the same quantile; empty if there are none."),
        ],
        [.. Rows("samples", samples, test), .. test.Length > 0 ? Rows("test", test, test) : []]);

    private static IEnumerable<IReadOnlyList<object?>> Rows(string name, double[] distances, double[] test) => s_quantiles.Select(IReadOnlyList<object?> (q) =>
    {
        var (value, usual) = (Quantile(distances, q), test.Length > 0 ? Quantile(test, q) : 0);
        return [name, q, value, usual > 0 ? value / usual : null];
    });

    private static double Quantile(double[] values, double q)
    {
        var sorted = values.Order().ToArray();
        var place = q * (sorted.Length - 1);
        var low = (int)place;
        return sorted[low] + ((place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]));
    }

    private static AnalysisSheet Sheet(torch.Tensor samples, IDataSource data, int[] nearest, double[] distances)
    {
        using var scope = torch.NewDisposeScope();
        var shown = (int)Math.Min(Shown, samples.shape[0]);
        AnalysisSheet sheet = new(
            "neighbours",
            "Samples, and the nearest training image of each",
            "distance",
            [.. distances.Take(shown).Select(d => d.ToString("0.000", CultureInfo.InvariantCulture))],
            [
                Pictures.Row("sample", samples.narrow(0, 0, shown).unbind()),
                Pictures.Row("nearest", data.Read(Split.Train, nearest.AsSpan(0, shown)).unbind()),
            ]);
        Pictures.Out(scope, [sheet]);
        return sheet;
    }
}
