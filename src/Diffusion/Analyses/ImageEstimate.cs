namespace Dfx.Diffusion;

/// <summary>A number that an analysis averaged over images.</summary>
/// <param name="Value">The average, or what is made of it.</param>
/// <param name="StandardError">Its standard error; 0 of a single image, which says nothing about itself.</param>
public readonly record struct ImageEstimate(double Value, double StandardError)
{
    /// <summary>The mean of a number an image.</summary>
    /// <param name="numbers">[N], any floating dtype and device.</param>
    public static ImageEstimate Mean(torch.Tensor numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        using var scope = torch.NewDisposeScope();
        var (values, count) = (numbers.@double(), numbers.shape[0]);
        return new(values.mean().ToDouble(), count > 1 ? values.std().ToDouble() / Math.Sqrt(count) : 0);
    }

    /// <summary>The root of a mean square, its error by the delta method.</summary>
    /// <param name="squares">[N], none negative.</param>
    public static ImageEstimate Root(torch.Tensor squares)
    {
        var mean = Mean(squares);
        var root = Math.Sqrt(mean.Value);
        return new(root, root > 0 ? mean.StandardError / (2 * root) : 0);
    }

    /// <summary>The ratio of two means over the same images, its error by the delta method; null if there is nothing below.</summary>
    /// <param name="above">[N].</param>
    /// <param name="below">[N], none negative.</param>
    public static ImageEstimate? Ratio(torch.Tensor above, torch.Tensor below)
    {
        ArgumentNullException.ThrowIfNull(above);
        ArgumentNullException.ThrowIfNull(below);
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
