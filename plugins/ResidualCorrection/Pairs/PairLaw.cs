using System.Globalization;

namespace Dfx.ResidualCorrection.Pairs;

/// <summary>
/// The law of a pair's start a and stop b, indices into a falling grid of N levels. The paper draws a uniformly over the grid, then b uniformly below it and above the
/// last level; so a is in 0 … N - 3 and b in a + 1 … N - 2.
/// </summary>
internal sealed class PairLaw
{
    private readonly double[] _starts;
    private readonly double[][] _stops;

    private PairLaw(double[] starts, double[][] stops) => (_starts, _stops) = (starts, stops);

    /// <summary>The law of options on a grid.</summary>
    /// <exception cref="NotApplicableException">No pair of levels is left on this grid.</exception>
    internal static PairLaw Of(IReadOnlyList<double> grid, PairOptions options)
    {
        var last = grid.Count - 2;
        var stops = Enumerable.Range(0, grid.Count).Select(a => Normalised(Weights(grid, options, b => b > a && b <= last && (options.N is not { } n || b == a + n)))).ToArray();
        Bias(stops, grid, options);
        var starts = Normalised(Weights(grid, options, a => stops[a].Sum() > 0 && grid[a] <= (options.SigmaAMax ?? double.PositiveInfinity)));
        return starts.Sum() > 0
            ? new(starts, stops)
            : throw new NotApplicableException(string.Create(
                CultureInfo.InvariantCulture,
                $"no trajectory can be made: of a grid of {grid.Count} levels from {grid[0]:g4} to {grid[^1]:g4}, none has a start{(options.SigmaAMax is { } most ? $" of at most sigma-a-max: {most}" : "")} and a stop {(options.N is { } steps ? $"{steps} steps" : "a step or more")} below it: give larger values of sigma-a-max or levels, or a smaller n"));
    }

    /// <summary>P(a).</summary>
    internal double Start(int a) => _starts[a];

    /// <summary>P(b | a).</summary>
    internal double Stop(int a, int b) => _stops[a][b];

    /// <summary>P(b).</summary>
    internal double Stop(int b) => _starts.Index().Sum(start => start.Item * _stops[start.Index][b]);

    /// <summary>The expectation of a function of b.</summary>
    internal double Mean(Func<int, double> of) => Enumerable.Range(0, _starts.Length).Where(b => Stop(b) > 0).Sum(b => Stop(b) * of(b));

    /// <summary>The start at a uniform number in (0, 1).</summary>
    internal int DrawStart(double uniform) => At(_starts, uniform);

    /// <summary>The stop of a start at a uniform number.</summary>
    internal int DrawStop(int a, double uniform) => At(_stops[a], uniform);

    private static double[] Weights(IReadOnlyList<double> grid, PairOptions options, Func<int, bool> possible) =>
        [.. Enumerable.Range(0, grid.Count).Select(k => possible(k) ? Weight(grid, options.Law, k) : 0)];

    private static double Weight(IReadOnlyList<double> grid, PairDraw law, int k) =>
        law == PairDraw.LogSigma ? Math.Log(grid[Math.Max(0, k - 1)] / grid[Math.Min(grid.Count - 1, k + 1)]) : 1;

    private static double[] Normalised(double[] weights)
    {
        var sum = weights.Sum();
        return sum > 0 ? [.. weights.Select(w => w / sum)] : weights;
    }

    // Half of the stops at the level that a correction takes over at on this grid.
    private static void Bias(double[][] stops, IReadOnlyList<double> grid, PairOptions options)
    {
        if (options.Law != PairDraw.Late)
        {
            return;
        }

        var late = new StopRule(StopRule.PaperLevel, StopSide.AtOrAbove).Index(grid);
        foreach (var of in stops.Where(of => of[late] > 0))
        {
            for (var b = 0; b < of.Length; b++)
            {
                of[b] = (of[b] + (b == late ? 1 : 0)) / 2;
            }
        }
    }

    private static int At(double[] probabilities, double uniform)
    {
        var (sum, last) = (0.0, -1);
        for (var k = 0; k < probabilities.Length; k++)
        {
            if (probabilities[k] > 0)
            {
                (sum, last) = (sum + probabilities[k], k);
                if (uniform < sum)
                {
                    return k;
                }
            }
        }

        // Rounding may leave the sum a little below 1.
        return last;
    }
}
