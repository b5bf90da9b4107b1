namespace Dfx.Diffusion;

/// <summary>Adam (Kingma and Ba 2015, algorithm 1) with decoupled weight decay (Loshchilov and Hutter 2019), on one flat tensor: six operations a step.</summary>
/// <param name="settings">Betas, epsilon and weight decay.</param>
/// <param name="values">What is optimized, [n].</param>
/// <param name="gradients">Its gradient, [n].</param>
internal sealed class FlatAdam(OptimizerSettings settings, torch.Tensor values, torch.Tensor gradients) : IDisposable
{
    /// <summary>The average of gradients, not yet corrected for its start at 0.</summary>
    internal torch.Tensor First { get; } = torch.zeros_like(values).DetachFromDisposeScope();

    /// <summary>That of their squares.</summary>
    internal torch.Tensor Second { get; } = torch.zeros_like(values).DetachFromDisposeScope();

    /// <summary>Updates that were done.</summary>
    internal long Updates { get; set; }

    /// <summary>One update. Outside of the graph.</summary>
    /// <param name="rate">The learning rate.</param>
    internal void Update(double rate)
    {
        using var scope = torch.NewDisposeScope();
        Updates++;
        First.lerp_(gradients, 1 - settings.Beta1);
        Second.mul_(settings.Beta2).addcmul_(gradients, gradients, 1 - settings.Beta2);
        if (settings.WeightDecay > 0)
        {
            values.mul_(1 - (rate * settings.WeightDecay));
        }

        // m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon), with both sides of the quotient multiplied by the root of 1 - b2^t.
        var root = Math.Sqrt(1 - Math.Pow(settings.Beta2, Updates));
        var denominator = Second.sqrt().add_(settings.Epsilon * root);
        values.addcdiv_(First, denominator, -rate * root / (1 - Math.Pow(settings.Beta1, Updates)));
    }

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }
}
