using System.Diagnostics;
using System.Globalization;
using Dfx.Data.Tests;
using Dfx.Harness.Tests.Damage;
using Dfx.Numerics.Tests.Files;

namespace Dfx.Campaign;

/// <summary>Damaged files for every reader, in a process of their own: a reader that takes the process down, or never ends, is found too.</summary>
internal static class Inputs
{
    /// <summary>What the program is called with to read for a while.</summary>
    internal const string Command = "read-inputs";

    private const int Slice = 200;
    private const double Seconds = 20;

    internal static Tally Try(Trial trial)
    {
        var seconds = Math.Clamp((trial.Deadline - DateTime.UtcNow).TotalSeconds, 1, Seconds);
        var info = new ProcessStartInfo("dotnet", [typeof(Inputs).Assembly.Location, Command, $"{trial.Seed}", seconds.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // What no file of a few kilobytes may need.
        info.Environment["DOTNET_GCHeapHardLimit"] = "0x40000000";
        var outcome = Tools.End(Process.Start(info)!);
        var counted = outcome.Output.Split('\n').Select(line => line.Split('\t')).Where(parts => parts is ["read", _, _]).ToList();
        var faults = outcome.Output.Split('\n').Where(line => line.StartsWith("fault\t", StringComparison.Ordinal)).Select(line => line[6..].Replace("\\n", "\n", StringComparison.Ordinal)).ToList();
        if (outcome.Code != 0)
        {
            faults.Add($"the reading process ended with {outcome.Code} after {outcome.Output.Split('\n').LastOrDefault(line => line.Length > 0)}\n{outcome.Errors}");
        }

        return new(
            counted.Sum(parts => long.Parse(parts[2], CultureInfo.InvariantCulture)), [.. faults.Where(fault => !IsSilent(fault))], [.. faults.Where(IsSilent)]);
    }

    /// <summary>Reads damaged files of all kinds, in turns, for so many seconds; 0.</summary>
    /// <param name="seed">Decides the damage.</param>
    /// <param name="seconds">How long.</param>
    /// <param name="output">Takes <c>read KIND COUNT</c> and <c>fault WORDS</c>, a line each, with tabs between.</param>
    internal static int Read(int seed, double seconds, TextWriter output)
    {
        var folder = Directory.CreateTempSubdirectory("dfx-inputs-").FullName;
        using var results = new DamagedResults();
        var clock = Stopwatch.StartNew();
        try
        {
            var kinds = ((IReadOnlyList<FuzzedKind>)[.. DamagedArrays.Kinds(folder), .. DamagedFiles.Kinds(), .. results.Kinds()]).Select((kind, i) => (kind.Name, Fuzz: new Fuzz(kind, seed + i))).ToList();
            // Kinds that are read fast have more turns: each gets the same time.
            for (var turn = 0; clock.Elapsed.TotalSeconds < seconds; turn++)
            {
                var (name, fuzz) = kinds[turn % kinds.Count];
                var (until, before) = (clock.Elapsed + TimeSpan.FromMilliseconds(Slice), fuzz.Files);
                output.WriteLine($"reading\t{name}\t{seed}");
                output.Flush();
                while (clock.Elapsed < until)
                {
                    if (fuzz.Next() is { } fault)
                    {
                        output.WriteLine($"fault\t{fault.Replace("\r", "", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}");
                    }
                }

                output.WriteLine($"read\t{name}\t{fuzz.Files - before}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static bool IsSilent(string fault) =>
        fault.Contains("without a word", StringComparison.Ordinal) || fault.Contains("passes for sound", StringComparison.Ordinal);
}
