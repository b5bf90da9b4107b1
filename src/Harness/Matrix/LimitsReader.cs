using System.Globalization;
using System.Text.RegularExpressions;

namespace Dfx.Harness.Matrix;

/// <summary>Reads <c>limits: { time: 30m, memory: 8GiB, gpu-memory: 40GiB }</c>.</summary>
internal static partial class LimitsReader
{
    internal static readonly Limits Default = new(TimeSpan.FromHours(24), 1L << 60);

    internal static Limits Read(YamlValue value)
    {
        var map = value.Map();
        var limits = new Limits(map.Read("time", Default.Time, Time), map.Read("memory", Default.Memory, Size), map.Read<long?>("gpu-memory", null, value => Size(value)));
        map.Finish();
        return limits;
    }

    private static TimeSpan Time(YamlValue value)
    {
        var (number, unit) = Split(value, "a time such as 45s, 30m or 12h");
        double? seconds = unit switch { "s" => 1, "m" => 60, "h" => 3600, "d" => 86400, _ => null };
        var time = number * seconds ?? throw value.Wrong("a time such as 45s, 30m or 12h");
        return time is > 0 and < 1e9 ? TimeSpan.FromSeconds(time) : throw value.Wrong("a time above 0");
    }

    /// <summary>A number of bytes, such as <c>8GiB</c>.</summary>
    internal static long Size(YamlValue value)
    {
        var (number, unit) = Split(value, "a size such as 512MiB or 8GiB");
        double? bytes = unit switch { "MiB" => 1L << 20, "GiB" => 1L << 30, "MB" => 1e6, "GB" => 1e9, _ => null };
        var size = number * bytes ?? throw value.Wrong("a size such as 512MiB or 8GiB");
        return size is >= 1 and < 1e18 ? (long)size : throw value.Wrong("a size above 0");
    }

    private static (double Number, string Unit) Split(YamlValue value, string expected)
    {
        var match = Quantity().Match(value.Text());
        return match.Success
            ? (double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value)
            : throw value.Wrong(expected);
    }

    [GeneratedRegex(@"^([0-9]+(?:\.[0-9]+)?) *([A-Za-z]+)\z")]
    private static partial Regex Quantity();
}
