using Dfx.Stf.Analyses;

namespace Dfx.Stf.Tests.Analyses;

/// <summary>Two points at ±a/2 with noise of sigma = 1, where every expectation is an integral over one number x.</summary>
internal sealed class TwoPoints
{
    private const int Nodes = 1201;
    private readonly double[] _states;
    private readonly double[] _masses;
    private readonly double _a;

    internal TwoPoints(double a)
    {
        _a = a;
        var half = (a / 2) + 9;
        var step = 2 * half / (Nodes - 1);
        _states = [.. Enumerable.Range(0, Nodes).Select(i => -half + (i * step))];
        _masses = [.. _states.Select((x, i) => Density(x) * step / 3 * (i is 0 or Nodes - 1 ? 1 : i % 2 == 0 ? 2 : 4))];
        Data = new(Column(a / 2, -a / 2));
        States = Column(_states);
    }

    internal FiniteData Data { get; }

    internal torch.Tensor States { get; }

    internal double Mean(torch.Tensor values) => values.data<double>().ToArray().Zip(_masses, (v, m) => v * m).Sum();

    /// <summary>V_STF(n) by enumeration of how many references are the first point; the source is one of them.</summary>
    internal double StfVariance(int n)
    {
        using var scope = torch.NewDisposeScope();
        var (first, square, total) = (torch.zeros(Nodes, dtype: torch.float64), torch.zeros(Nodes, dtype: torch.float64), 0.0);
        var posterior = Data.Posterior(States, 1).select(1, 0);
        for (var m = 0; m <= n; m++)
        {
            var probability = (posterior * Binomial(n - 1, m - 1)) + ((1 - posterior) * Binomial(n - 1, m));
            var target = Target(m, n);
            (first, square, total) = (first + (probability * target), square + (probability * target.square()), total + 1);
        }

        return Mean(square - first.square());
    }

    private torch.Tensor Target(int m, int n)
    {
        var references = Column([.. Enumerable.Range(0, n).Select(i => i < m ? _a / 2 : -_a / 2)]);
        return StableTarget.Of(States.view(-1, 1, 1, 1), torch.ones(Nodes), new(references.view(-1, 1, 1, 1))).flatten();
    }

    private double Density(double x) =>
        (Math.Exp(-Math.Pow(x - (_a / 2), 2) / 2) + Math.Exp(-Math.Pow(x + (_a / 2), 2) / 2)) / (2 * Math.Sqrt(2 * Math.PI));

    private static double Binomial(int n, int k)
    {
        if (k < 0 || k > n)
        {
            return 0;
        }

        var log = -n * Math.Log(2);
        for (var i = 1; i <= k; i++)
        {
            log += Math.Log((n - k + i) / (double)i);
        }

        return Math.Exp(log);
    }

    private static torch.Tensor Column(params double[] values) => torch.tensor(values, [values.Length, 1]);
}
