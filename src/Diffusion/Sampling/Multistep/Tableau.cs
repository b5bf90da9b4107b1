using System.Collections.Immutable;

namespace Dfx.Diffusion;

/// <summary>An explicit Runge-Kutta method, by its Butcher tableau.</summary>
/// <param name="Rows">a_ij of the second stage and those after it; a row sums to the stage's node c_i in (0, 1].</param>
/// <param name="Weights">b_i, a stage an item.</param>
public sealed record Tableau(ImmutableArray<double[]> Rows, ImmutableArray<double> Weights)
{
    /// <summary>One stage, order 1.</summary>
    public static Tableau Euler { get; } = new([], [1]);

    /// <summary>The trapezoidal method of order 2.</summary>
    public static Tableau Heun { get; } = new([[1]], [0.5, 0.5]);

    /// <summary>Kutta's method of order 3.</summary>
    public static Tableau Kutta { get; } = new([[0.5], [-1, 2]], [1 / 6.0, 4 / 6.0, 1 / 6.0]);

    /// <summary>The classical method of order 4.</summary>
    public static Tableau Classical { get; } = new([[0.5], [0, 0.5], [0, 0, 1]], [1 / 6.0, 2 / 6.0, 2 / 6.0, 1 / 6.0]);

    /// <summary>How many evaluations a step takes.</summary>
    public int Stages => Weights.Length;

    /// <summary>
    /// The slopes of the stages. Stage i lies at level(c_i), and the step to it is scaled to end there: with
    /// level(c) = sigma + c (next - sigma) this is the method itself, with another path to the next level PNDM's "pseudo" Runge-Kutta.
    /// </summary>
    /// <param name="model">The model, which is evaluated once a stage.</param>
    /// <param name="y">The state [N, C, H, W] at level(0).</param>
    /// <param name="level">The level of a node from 0 to 1, positive.</param>
    /// <param name="told">The level that the model is told at a node; null for that of the state.</param>
    /// <returns>New tensors of the state's shape, dtype and device.</returns>
    public IReadOnlyList<torch.Tensor> Slopes(
        IDenoiser model, torch.Tensor y, Func<double, double> level, Func<double, double>? told = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(y);
        ArgumentNullException.ThrowIfNull(level);
        var sigma = level(0);
        var slopes = new List<torch.Tensor> { model.Slope(y, sigma) };
        foreach (var row in Rows)
        {
            var node = row.Sum();
            var there = level(node);
            var state = y + (slopes.Combine(row) * ((there - sigma) / node));
            slopes.Add(model.SlopeTold(state, there, told?.Invoke(node) ?? there));
        }

        return slopes;
    }
}
