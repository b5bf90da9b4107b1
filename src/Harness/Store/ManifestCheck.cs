using System.Buffers;
using System.Text.Json;

namespace Dfx.Harness.Store;

/// <summary>What must hold of a manifest beside its JSON form.</summary>
internal static class ManifestCheck
{
    private const int KeyLength = 64;

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789abcdef");

    /// <summary>The coordinates that every host gave every cell. Others came later, and are empty where a manifest lacks them.</summary>
    private static readonly string[] s_axes =
        ["dataset", "task", "method", "correction", "sampler", "nfe", "checkpoint", "steps", "batch", "seed", "samples", "precision", "device", "threads"];

    /// <summary>The manifest without the jobs that cannot be used.</summary>
    /// <param name="manifest">As it was read.</param>
    /// <param name="complain">Told of each job that is left out, with the reason.</param>
    /// <exception cref="JsonException">What it says of no single job cannot be used.</exception>
    internal static Manifest Sound(Manifest manifest, Action<string> complain)
    {
        if (manifest.Labels?.Values.Any(axis => axis is null || axis.Values.Contains(null!)) == true)
        {
            throw new JsonException("a label stands for nothing");
        }

        List<ManifestJob> sound = new(manifest.Jobs.Count);
        for (var i = 0; i < manifest.Jobs.Count; i++)
        {
            var job = manifest.Jobs[i];
            if (Problem(job) is { } problem)
            {
                complain($"the job {(job is { Identity.Length: > 0 } ? $"'{job.Identity}'" : $"number {i + 1}")} is left out: {problem}");
            }
            else
            {
                sound.Add(job);
            }
        }

        return sound.Count == manifest.Jobs.Count ? manifest : manifest with { Jobs = sound };
    }

    /// <summary>Whether a text is a SHA-256 as keys are written. A key is also a file's name: anything else could be a path to somewhere.</summary>
    internal static bool IsKey(string text) => text.Length == KeyLength && !text.AsSpan().ContainsAnyExcept(s_digits);

    private static string? Problem(ManifestJob? job) => job switch
    {
        null => "it is empty",
        _ when !IsKey(job.Key) => $"its key '{job.Key}' is no SHA-256",
        _ when !Records.Kinds.Contains(job.Kind) => $"its kind is '{job.Kind}'",
        _ when job.Needs.Contains(null!) => "what it needs has no key",
        { IsCell: true } => s_axes.FirstOrDefault(axis => job.Axes?.ContainsKey(axis) != true) is { } missing ? $"it lacks the coordinate '{missing}'" : null,
        { IsAnalysis: true, Axes: null } => "it lacks its coordinates",
        _ => null,
    };
}
