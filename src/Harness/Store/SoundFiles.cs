namespace Dfx.Harness.Store;

/// <summary>Which files may be used, by their checksums. However often a plan is compared, a sound file is read once, and another is complained of once.</summary>
/// <param name="folder">The results that the files belong to.</param>
/// <param name="complain">Told of what cannot be used.</param>
internal sealed class SoundFiles(ResultsFolder folder, Action<string> complain)
{
    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Whether a file of a job's artifacts may be used. One that may not is read again when it is asked for again: a sound one may have taken its place.</summary>
    internal bool Contains(string path)
    {
        if (_sound.Contains(path))
        {
            return true;
        }

        var record = RecordFiles.Read(folder, Path.GetFileName(Path.GetDirectoryName(path)!));
        if (Soundness.Problem(path, record) is not { } problem)
        {
            return _sound.Add(path);
        }

        if (_told.Add(path))
        {
            complain($"{path} cannot be used: {problem}. Nothing is made from it; what it has is made anew");
        }

        return false;
    }
}
