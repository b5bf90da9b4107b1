using System.Globalization;
using Dfx.Harness.Plugins.Metadata;
using Parameter = System.Reflection.Metadata.Parameter;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>The range of a number.</summary>
internal sealed record ParameterRange(double? Minimum, double? Maximum, bool MinimumIsExclusive, bool MaximumIsExclusive)
{
    internal static ParameterRange None { get; } = new(null, null, false, false);
}

/// <summary>Reads <see cref="System.ComponentModel.DataAnnotations.RangeAttribute"/>.</summary>
internal static class RangeReader
{
    private const string Attribute = "System.ComponentModel.DataAnnotations.RangeAttribute";

    internal static ParameterRange Read(AssemblyMetadata assembly, Parameter parameter)
    {
        if (assembly.Attribute(parameter.GetCustomAttributes(), Attribute) is not { } range)
        {
            return ParameterRange.None;
        }

        // (int, int), (double, double), or (Type, string, string).
        var bounds = range.Fixed.TakeLast(2).Select(a => Number(a.Value)).ToList();
        return new(
            Bound(bounds[0]), Bound(bounds[1]),
            range[nameof(ParameterRange.MinimumIsExclusive)] is true, range[nameof(ParameterRange.MaximumIsExclusive)] is true);
    }

    private static double Number(object? value)
    {
        try
        {
            return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        }
        catch (FormatException)
        {
            throw new CardException($"a range ends at '{value}', which is no number");
        }
    }

    // An infinite bound is no bound.
    private static double? Bound(double value) => double.IsFinite(value) ? value : null;
}
