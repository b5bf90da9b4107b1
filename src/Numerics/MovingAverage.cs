namespace Dfx.Numerics;

/// <summary>Exponential moving averages of whole parameter lists.</summary>
public static class MovingAverage
{
    /// <summary>average = decay average + (1 - decay) current, for every pair, outside of the graph.</summary>
    /// <param name="averages">Tensors that are changed.</param>
    /// <param name="currents">Tensors of the same shapes, dtypes and devices.</param>
    /// <param name="decay">In [0, 1].</param>
    /// <exception cref="ArgumentException">The lists differ in length, or the decay is out of range.</exception>
    public static void Update(IReadOnlyList<torch.Tensor> averages, IReadOnlyList<torch.Tensor> currents, double decay)
    {
        MovingAverageCheck.Arguments(averages, currents, decay);
        using var outside = torch.no_grad();
        for (var i = 0; i < averages.Count; i++)
        {
            averages[i].mul_(decay).add_(currents[i], 1 - decay);
        }
    }
}
