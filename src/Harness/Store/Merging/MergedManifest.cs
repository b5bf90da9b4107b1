namespace Dfx.Harness.Store.Merging;

/// <summary>Several manifests as one.</summary>
internal static class MergedManifest
{
    /// <param name="sources">Folders and their manifests; what the first says counts.</param>
    /// <param name="conflicts">Told of cells that stand for the same thing under two keys: counted as two seeds they would falsify every mean.</param>
    internal static Manifest Of(IReadOnlyList<(string Root, Manifest Manifest)> sources, List<string> conflicts)
    {
        var first = sources[0].Manifest;
        return first with
        {
            Source = string.Join("---\n", sources.Select(s => s.Manifest.Source).Distinct(StringComparer.Ordinal)),
            Environment = Joined(sources.Select(s => s.Manifest.Environment)),
            Plugins = Joined(sources.Select(s => s.Manifest.Plugins)),
            Baseline = first.Baseline ?? first.Jobs.FirstOrDefault(job => job.IsCell)?.Axes?.GetValueOrDefault("method"),
            Labels = Labels(sources.Select(s => s.Manifest.Labels).OfType<IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>>()),
            Jobs = Jobs(sources, conflicts),
        };
    }

    private static List<ManifestJob> Jobs(IReadOnlyList<(string Root, Manifest Manifest)> sources, List<string> conflicts)
    {
        var (keys, cells) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        List<ManifestJob> jobs = [];
        foreach (var (root, manifest) in sources)
        {
            foreach (var job in manifest.Jobs.Where(job => keys.Add(job.Key)))
            {
                if (job.Axes is null || cells.Add(Coordinates(job)))
                {
                    jobs.Add(job);
                }
                else
                {
                    conflicts.Add($"{job.Identity} has another key in {root} (other code, data or settings); the first counts");
                }
            }
        }

        return jobs;
    }

    private static string Coordinates(ManifestJob job) =>
        job.Kind + '\u001f' + string.Join('\u001f', job.Axes!.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => $"{a.Key}={a.Value}"));

    private static SortedDictionary<string, string> Joined(IEnumerable<IReadOnlyDictionary<string, string>> all)
    {
        var joined = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in all.SelectMany(one => one))
        {
            joined[key] = !joined.TryGetValue(key, out var known) || known.Split(" | ").Contains(value) ? known ?? value : $"{known} | {value}";
        }

        return joined;
    }

    private static SortedDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> Labels(
        IEnumerable<IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>> all) => new(
        all.SelectMany(one => one).GroupBy(axis => axis.Key, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => (IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>)group.SelectMany(axis => axis.Value).DistinctBy(label => label.Key)
                .ToDictionary(label => label.Key, label => label.Value)),
        StringComparer.Ordinal);
}
