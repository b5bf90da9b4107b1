namespace Dfx.Campaign;

/// <summary>
/// Damages files of a finished run and of its cache, looks at them with every command, and extends the run: nothing may be made from what is damaged, and all
/// is in the end as in a run that had no damage.
/// </summary>
internal static class Rot
{
    internal static Tally Try(Trial trial)
    {
        var scenario = trial.Pick(trial.Scenarios);
        var (finished, extended) = (trial.Calm.Of(scenario), trial.Calm.Of(scenario, extended: true));
        using var desk = scenario.Desk(extended: true);
        Copy(finished.Desk.Results, desk.Results);
        Copy(finished.Desk.Cache, desk.Cache);
        var files = Directory.EnumerateFiles(desk.Results, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(desk.Cache, "*", SearchOption.AllDirectories)).Order(StringComparer.Ordinal).ToList();
        var damaged = Enumerable.Range(0, trial.Random.Next(1, 6)).Select(_ => Damage(trial.Pick(files), files, trial)).ToList();

        List<string> lost = [];
        foreach (var command in (string[][])[["status"], ["report"], ["claims"], ["compare", scenario.Results(finished.Desk)]])
        {
            lost.AddRange(Tools.Unseemly(Tools.End(desk.Start([command[0], scenario.Results(desk), .. command[1..]]))));
        }

        var manifest = Path.Combine(scenario.Results(desk), "manifest.json");
        var run = Tools.End(desk.Start(scenario.Run(desk)));
        lost.AddRange(Tools.Unseemly(run));
        if (run.Code == 2 && run.Errors.Contains(manifest, StringComparison.Ordinal))
        {
            // The remedy that the message has.
            File.Delete(manifest);
        }

        var difference = Tools.Finish(scenario, desk, extended.Snapshot, snapshot => snapshot.Tables);
        desk.Stays |= lost.Count > 0;
        var words = string.Join("\n", damaged);
        return Tally.Of(damaged.Count, difference is null ? null : $"{words}\n{difference}", [.. lost.Select(fault => $"{desk.Folder}: {words}\n{fault}")]);
    }

    /// <summary>Damages a file; what was done to it.</summary>
    private static string Damage(string path, IReadOnlyList<string> files, Trial trial)
    {
        if (!File.Exists(path))
        {
            return $"{path} is gone already";
        }

        var (bytes, random) = (File.ReadAllBytes(path), trial.Random);
        switch (random.Next(bytes.Length == 0 ? 1 : 7))
        {
            case 0:
                File.Delete(path);
                return $"{path} is deleted";
            case 1:
                var length = random.Next(bytes.Length);
                File.WriteAllBytes(path, bytes[..length]);
                return $"{path} ends after {length} of {bytes.Length} bytes";
            case 2:
                var other = trial.Pick(files.Where(file => Path.GetExtension(file) == Path.GetExtension(path) && File.Exists(file) && (file != path || bytes.Length == 0)).DefaultIfEmpty(path).ToList());
                File.WriteAllBytes(path, File.ReadAllBytes(other));
                return $"{path} is {other}";
            case 3:
                var (from, count) = (random.Next(bytes.Length), random.Next(1, 4096));
                bytes.AsSpan(from, Math.Min(count, bytes.Length - from)).Clear();
                File.WriteAllBytes(path, bytes);
                return $"{path} has up to {count} zeros from {from}";
            default:
                var bit = random.NextInt64(8L * bytes.Length);
                bytes[bit / 8] ^= (byte)(1 << (int)(bit % 8));
                File.WriteAllBytes(path, bytes);
                return $"{path} has bit {bit} flipped";
        }
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var path in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(target, Path.GetRelativePath(source, path)));
        }

        foreach (var path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            File.Copy(path, Path.Combine(target, Path.GetRelativePath(source, path)), overwrite: true);
        }
    }
}
