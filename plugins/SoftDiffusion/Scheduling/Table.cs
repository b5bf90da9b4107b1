using System.Collections.Immutable;

namespace Dfx.SoftDiffusion;

/// <summary>Functions that are known at some places and linear between them.</summary>
internal static class Table
{
    /// <summary>The first place where a function that does not fall reaches a value; the first or last place if it never is below or never reaches it.</summary>
    /// <param name="values">The function's values, none below the one before it.</param>
    /// <param name="places">Its places, rising.</param>
    /// <param name="value">The value.</param>
    internal static double Inverse(ReadOnlySpan<double> values, ImmutableArray<double> places, double value)
    {
        var (low, high) = (-1, values.Length);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = values[middle] < value ? (middle, high) : (low, middle);
        }

        if (low < 0 || high == values.Length)
        {
            return places[Math.Clamp(high, 0, values.Length - 1)];
        }

        var part = (value - values[low]) / (values[high] - values[low]);
        return (places[low] * (1 - part)) + (places[high] * part);
    }
}
