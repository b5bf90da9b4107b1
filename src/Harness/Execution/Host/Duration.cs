using System.Globalization;

namespace Dfx.Harness.Execution.Host;

/// <summary>Times as people read them.</summary>
internal static class Duration
{
    /// <summary>Rounded to what is shown before the units are chosen: nobody reads 1m60s.</summary>
    internal static string Text(double seconds) => Math.Round(seconds, 1) < 10
        ? string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0}s")
        : Whole((long)Math.Round(seconds));

    private static string Whole(long seconds) => seconds switch
    {
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds}s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60}m{seconds % 60:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600}h{seconds % 3600 / 60:00}m"),
    };
}
