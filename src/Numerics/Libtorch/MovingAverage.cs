using Dfx.Torch.Interop;

namespace Dfx.Numerics;

/// <summary>Exponential moving averages of whole parameter lists.</summary>
public static class MovingAverage
{
    /// <summary>average = decay average + (1 - decay) current, for every pair, outside of the graph: one native call.</summary>
    /// <param name="averages">Tensors that are changed.</param>
    /// <param name="currents">Tensors of the same shapes, dtypes and devices.</param>
    /// <param name="decay">In [0, 1].</param>
    /// <exception cref="ArgumentException">The lists differ in length, or the decay is out of range.</exception>
    public static void Update(IReadOnlyList<torch.Tensor> averages, IReadOnlyList<torch.Tensor> currents, double decay)
    {
        MovingAverageCheck.Arguments(averages, currents, decay);
        NativeResults.Check(Native.dfx_lerp_all(Handles.Of(averages), Handles.Of(currents), averages.Count, 1 - decay));
        GC.KeepAlive((averages, currents));
    }
}
