namespace Dfx.Harness.Reporting.Statistics;

/// <summary>Where a function that falls from its value at 0 towards 0 takes a value: bisection, which nothing leads astray.</summary>
internal static class Descent
{
    /// <summary>The x of 0 or more with f(x) = <paramref name="value"/>, to the last bits.</summary>
    internal static double Root(Func<double, double> f, double value)
    {
        var (low, high) = (0.0, 1.0);
        while (f(high) > value && high < 1e200)
        {
            (low, high) = (high, 2 * high);
        }

        for (var middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = f(middle) > value ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
