namespace Dfx.Diffusion;

/// <summary>The latest slopes of a multistep sampler, the newest first. They live in the scope around the step that made them: until the walk ends.</summary>
/// <param name="depth">How many are kept.</param>
public sealed class SlopeHistory(int depth)
{
    private readonly List<torch.Tensor> _slopes = [];

    /// <summary>How many there are, from 0 to the depth.</summary>
    public int Count => _slopes.Count;

    /// <summary>Takes a slope out of the step's scope and keeps it; the oldest goes if there are too many.</summary>
    /// <param name="slope">The newest.</param>
    public void Push(torch.Tensor slope)
    {
        ArgumentNullException.ThrowIfNull(slope);
        _slopes.Insert(0, slope.MoveToOuterDisposeScope());
        if (_slopes.Count > depth)
        {
            _slopes[depth].Dispose();
            _slopes.RemoveAt(depth);
        }
    }

    /// <summary>The weighted sum of the slopes, a new tensor.</summary>
    /// <param name="weights">At most one a slope, that of the newest first.</param>
    public torch.Tensor Combine(IReadOnlyList<double> weights) => _slopes.Combine(weights);
}
