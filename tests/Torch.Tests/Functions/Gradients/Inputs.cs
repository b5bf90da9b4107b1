using static Dfx.Torch.torch;

namespace Dfx.Torch.Tests.Functions.Gradients;

/// <summary>Inputs in float64, each kind away from what makes some functions not differentiable.</summary>
internal static class Inputs
{
    internal static Input Normal(params long[] shape) => g => randn(shape, float64, generator: g);

    internal static Input Between(double low, double high, params long[] shape) =>
        g => rand(shape, float64, generator: g) * (high - low) + low;

    /// <summary>Positive, away from a pole at 0.</summary>
    internal static Input Positive(params long[] shape) => Between(0.3, 2.5, shape);

    /// <summary>Of either sign, with an absolute value above 0.2.</summary>
    internal static Input AwayFromZero(params long[] shape) =>
        g => (rand(shape, float64, generator: g) + 0.2) * (randint(0, 2, shape, float64, generator: g) * 2 - 1);

    /// <summary>At least 0.2 away from every integer.</summary>
    internal static Input AwayFromIntegers(params long[] shape) =>
        g => randint(-3, 3, shape, float64, generator: g) + (rand(shape, float64, generator: g) * 0.6) + 0.2;

    /// <summary>In random order, neighbours at least 0.15 apart; shifted, so that two such inputs do not meet either.</summary>
    internal static Input Distinct(double shift, params long[] shape) => g =>
    {
        var count = shape.Aggregate(1L, (a, b) => a * b);
        var order = randperm(count, float64, generator: g).view(shape);
        return ((order - (count / 2.0)) * 0.25) + (rand(shape, float64, generator: g) * 0.05) + shift;
    };

    /// <inheritdoc cref="Distinct(double, long[])"/>
    internal static Input Distinct(params long[] shape) => Distinct(0, shape);

    /// <summary>Square matrices far from singular ones.</summary>
    internal static Input Regular(params long[] shape) => g => randn(shape, float64, generator: g) + (eye(shape[^1], dtype: float64) * 4);

    internal static Tensor Longs(params long[] values) => tensor(values);

    internal static Tensor Longs(long[,] values) => from_array(values);

    internal static Tensor Bools(bool[,] values) => from_array(values);

    /// <summary>All elements of several results in one vector, so that one case checks all of them.</summary>
    internal static Tensor Together(IEnumerable<Tensor> results) => cat([.. results.Select(r => r.flatten())]);

    /// <inheritdoc cref="Together(IEnumerable{Tensor})"/>
    internal static Tensor Together((Tensor, Tensor) results) => Together([results.Item1, results.Item2]);

    internal static Tensor Symmetric(Tensor x) => x + x.mT;

    internal static Tensor PositiveDefinite(Tensor x) => x.matmul(x.mT) + (eye(x.shape[^1], dtype: float64) * 2);
}
