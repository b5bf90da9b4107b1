using System.Globalization;

namespace Dfx.SoftDiffusion.Analyses;

/// <summary>Pictures of the forward process: training images at some levels, from clean to corrupted.</summary>
internal static class ForwardSheet
{
    private const int Images = 4;
    private const int Columns = 10;

    /// <summary>One sheet; none if the images are no pictures.</summary>
    /// <param name="corruption">Corruption and noise.</param>
    /// <param name="images">Images in [0, 1] on the CPU, of which the first few are shown.</param>
    /// <param name="model">Shape and random numbers.</param>
    internal static IReadOnlyList<AnalysisSheet> Of(SoftCorruption corruption, torch.Tensor images, ModelContext model)
    {
        if (!Pictures.Are(model.Data.Shape))
        {
            return [];
        }

        var times = Times(corruption.Schedule);
        var noise = model.Noise("soft-schedule/forward");
        return
        [
            new(
                "forward", "Training images on their way from clean to corrupted", "t",
                [.. times.Select(t => t.ToString("0.00", CultureInfo.InvariantCulture))],
                [.. Enumerable.Range(0, (int)Math.Min(Images, images.shape[0])).Select(i => new AnalysisSheetRow("", Row(corruption, images.narrow(0, i, 1), times, noise, i)))]),
        ];
    }

    // The clean image and levels of nodes, the first and the last among them.
    private static double[] Times(SoftSchedule schedule)
    {
        var (last, shown) = (schedule.Nodes.Length - 1, Math.Min(Columns - 1, schedule.Nodes.Length));
        var nodes = Enumerable.Range(0, shown).Select(i => Math.Round((double)i * last / (shown - 1)));
        return [0, .. nodes.Select(node => schedule.Growing(node / last))];
    }

    // One image, one draw of noise: what differs from column to column is the level alone.
    private static torch.Tensor Row(SoftCorruption corruption, torch.Tensor image, double[] times, StepNoise noise, int row)
    {
        using var scope = torch.NewDisposeScope();
        var clean = ((image * 2) - 1).expand(times.Length, -1, -1, -1);
        var sigmas = torch.tensor(Array.ConvertAll(times, t => (float)corruption.Sigma(t)));
        var noisy = corruption.Apply(clean, torch.tensor(times)) + (noise.Normal(row, image.shape).cpu() * sigmas.view(-1, 1, 1, 1));
        return scope.MoveToOuter(noisy).DetachFromDisposeScope();
    }
}
