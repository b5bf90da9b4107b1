using System.Globalization;

namespace Dfx.Harness.Execution.Host;

/// <summary>Times as people read them.</summary>
internal static class Duration
{
    internal static string Text(double seconds) => seconds switch
    {
        < 10 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0}s"),
        < 100 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0}s"),
        < 6000 => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 60):0}m{seconds % 60:00}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(seconds / 3600):0}h{Math.Floor(seconds % 3600 / 60):00}m"),
    };
}
