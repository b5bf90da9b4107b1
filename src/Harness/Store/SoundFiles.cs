namespace Dfx.Harness.Store;

/// <summary>
/// Which files may be used, by their checksums. However often a plan is compared, a sound file is read once. Another is complained of and moved away: jobs go on from
/// the files that are in their folders, and would take a sound one of another job for their own.
/// </summary>
/// <param name="folder">The results that the files belong to.</param>
/// <param name="complain">Told of what cannot be used.</param>
internal sealed class SoundFiles(ResultsFolder folder, Action<string> complain)
{
    private readonly HashSet<string> _sound = new(StringComparer.Ordinal);

    /// <summary>What is put behind the name of a file that was moved away.</summary>
    internal const string Suffix = ".damaged";

    /// <summary>Whether a file of a job's artifacts may be used.</summary>
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

        complain($"{path} cannot be used: {problem}. Nothing is made from it; what it has is made anew");
        MoveAway(path);
        return false;
    }

    private static void MoveAway(string path)
    {
        try
        {
            File.Move(path, path + Suffix, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Where nothing may be moved nothing can be written either, and the job that makes it anew says so.
        }
    }
}
