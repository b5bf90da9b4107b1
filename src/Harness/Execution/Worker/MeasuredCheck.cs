using System.Security.Cryptography;
using System.Text;
using Dfx.Harness.Planning;
using Dfx.Harness.Store;
using Dfx.Sdk;

namespace Dfx.Harness.Execution.Worker;

/// <summary>What a metric returned, once it is fit to be kept: a number that no file can hold would cost the cell, and not the metric alone.</summary>
internal static class MeasuredCheck
{
    /// <summary>The value with the fingerprint of its protocol.</summary>
    /// <param name="plugin">The metric.</param>
    /// <param name="value">What it returned.</param>
    /// <exception cref="DivergedException">A number is not finite.</exception>
    /// <exception cref="InvalidOperationException">It has no name, or its protocol a word that is missing.</exception>
    internal static MeasuredValue Of(PluginRef plugin, MetricValue value)
    {
        var metric = plugin.Id;
        if (string.IsNullOrWhiteSpace(value?.Name) || value.Protocol is null || value.Protocol.Any(word => word.Value is null))
        {
            throw new InvalidOperationException($"{metric} gave a value without a name, without a protocol, or with a protocol that says null: give each value its name and texts");
        }

        RefuseInfinite(metric, value.Name, "", value.Value);
        RefuseInfinite(metric, value.Name, "a spread of ", value.Spread);
        RefuseInfinite(metric, value.Name, "an interval that begins at ", value.Low);
        RefuseInfinite(metric, value.Name, "an interval that ends at ", value.High);
        return new(value.Name, value.Value, value.Spread, value.Better, Fingerprint(value.Protocol), value.Protocol) { By = Parts.Metric(plugin), Low = value.Low, High = value.High };
    }

    private static void RefuseInfinite(string metric, string name, string what, double? number)
    {
        if (number is { } given && !double.IsFinite(given))
        {
            throw new DivergedException(FormattableString.Invariant($"{metric} gave {what}{given} for {name}{(what.Length > 0 ? "; where there is none it must be null" : "")}"));
        }
    }

    /// <summary>What two numbers must share to stand in one column.</summary>
    private static string Fingerprint(IReadOnlyDictionary<string, string> protocol)
    {
        var text = string.Join('\n', protocol.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{p.Key}={p.Value}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
    }
}
