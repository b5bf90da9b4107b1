using Dfx.Harness.Store;

namespace Dfx.Harness.Planning;

/// <summary>Jobs that wait for one that failed, such as a cell whose correction has a source that diverged.</summary>
internal static class Blocking
{
    /// <summary>For each open job that needs a failed one, at whatever distance, that one.</summary>
    /// <param name="compared">The plan beside its records.</param>
    internal static IReadOnlyDictionary<string, Compared> Of(IReadOnlyList<Compared> compared)
    {
        var culprits = new Dictionary<string, Compared>(StringComparer.Ordinal);
        var blocked = new Dictionary<string, Compared>(StringComparer.Ordinal);
        foreach (var one in compared)
        {
            if (one.Record is { Status: not Status.Ok } && one.Standing is Standing.Cached or Standing.Failed)
            {
                culprits[one.Job.Key] = one;
            }
            else if (one.Standing is Standing.Missing or Standing.Stale && one.Job.Needs.Select(need => culprits.GetValueOrDefault(need) ?? blocked.GetValueOrDefault(need)).OfType<Compared>().FirstOrDefault() is { } culprit)
            {
                blocked[one.Job.Key] = culprit;
            }
        }

        return blocked;
    }

    /// <summary>What a failed job means for those that need it.</summary>
    internal static string Words(Compared culprit) => culprit.Standing == Standing.Failed
        ? $"needs {culprit.Job.Identity}, whose last try failed: {culprit.Record!.Message}"
        : $"will not run, since {culprit.Job.Identity} is {StatusText.Of(culprit.Record!.Status)}: {culprit.Record.Message}";
}
