using Dfx.Harness.Plugins.Metadata;

namespace Dfx.Harness.Plugins.Discovery;

/// <summary>Whether this host has what a plugin was built for.</summary>
internal static class VersionRule
{
    // Its version is that of .NET.
    private const string Framework = "System.Runtime";

    /// <summary>Why the plugin is refused; null if it is not.</summary>
    internal static string? Refusal(AssemblyMetadata plugin, SharedSet host) => plugin.References
        .OrderByDescending(r => r.Key == SharedSet.Contract)
        .ThenBy(r => r.Key, StringComparer.Ordinal)
        .Select(r => Refusal(r.Key, r.Value, host))
        .FirstOrDefault(r => r is not null);

    private static string? Refusal(string name, Version built, SharedSet host)
    {
        if (name == Framework)
        {
            return built.Major > Environment.Version.Major
                ? $"built for .NET {Short(built)}, this host runs on .NET {Short(Environment.Version)}"
                : null;
        }

        if (host.Version(name) is { } own)
        {
            var noun = name == SharedSet.Contract ? "contract" : name;
            return Fits(built, own) ? null : $"built for {noun} {Short(built)}, this host has {Short(own)}";
        }

        return SharedSet.IsReserved(name) ? $"built for {name}, this host has {SharedSet.Successor(name) ?? "none"}" : null;
    }

    /// <summary>The host has the same major version, and a minor version that is no older.</summary>
    private static bool Fits(Version built, Version own) => built.Major == own.Major && built.Minor <= own.Minor;

    private static string Short(Version version) => version.ToString(2);
}
