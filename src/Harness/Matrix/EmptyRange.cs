using System.Globalization;
using Dfx.Harness.Plugins;

namespace Dfx.Harness.Matrix;

/// <summary>Options that come as the two ends of a range, <c>sigma-min</c> and <c>sigma-max</c>: the lower one must not lie above the other.</summary>
internal static class EmptyRange
{
    private const string Low = "-min";
    private const string High = "-max";

    /// <summary>What is wrong with a range of a type's options; null if nothing is.</summary>
    /// <param name="type">The type.</param>
    /// <param name="options">All of its options, in canonical texts.</param>
    internal static string? Problem(PluginType type, IReadOnlyDictionary<string, string> options) => (
        from low in type.Parameters
        where low.Name.EndsWith(Low, StringComparison.Ordinal)
        let high = type.Parameters.FirstOrDefault(p => p.Name == low.Name[..^Low.Length] + High)
        where high is not null && Number(options[low.Name]) > Number(options[high.Name])
        select $"{low.Name} {options[low.Name]} of {type.Id} lies above its {high.Name} {options[high.Name]}: no level is between them").FirstOrDefault();

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
