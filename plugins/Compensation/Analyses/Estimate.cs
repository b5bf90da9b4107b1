namespace Dfx.Compensation.Analyses;

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

    /// <summary>The root of a mean square, its error by the delta method.</summary>
    /// <param name="squares">[N].</param>
    internal static Estimate Root(torch.Tensor squares)
    {
        var mean = Mean(squares);
        var root = Math.Sqrt(mean.Value);
        return new(root, root > 0 ? mean.StandardError / (2 * root) : 0);
    }
}
