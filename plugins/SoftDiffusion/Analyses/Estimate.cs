namespace Dfx.SoftDiffusion.Analyses;

/// <summary>A number that was averaged over images.</summary>
/// <param name="Value">The average.</param>
/// <param name="StandardError">Its standard error; 0 of a single image, which says nothing about itself.</param>
internal readonly record struct Estimate(double Value, double StandardError)
{
    /// <summary>The mean of a number an image.</summary>
    /// <param name="numbers">[N].</param>
    internal static Estimate Mean(torch.Tensor numbers)
    {
        using var scope = torch.NewDisposeScope();
        var (values, count) = (numbers.@double(), numbers.shape[0]);
        return new(values.mean().ToDouble(), count > 1 ? values.std().ToDouble() / Math.Sqrt(count) : 0);
    }

    /// <summary>The ratio of two means over the same images, its error by the delta method; null if there is nothing below.</summary>
    /// <param name="above">[N].</param>
    /// <param name="below">[N], none negative.</param>
    internal static Estimate? Ratio(torch.Tensor above, torch.Tensor below)
    {
        using var scope = torch.NewDisposeScope();
        var mean = below.@double().mean().ToDouble();
        if (mean <= 0)
        {
            return null;
        }

        var ratio = above.@double().mean().ToDouble() / mean;
        return new(ratio, Mean((above - (below * ratio)) / mean).StandardError);
    }
}
