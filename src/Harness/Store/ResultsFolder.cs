using System.Text;
using System.Text.Json;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>A folder <c>results/&lt;matrix&gt;/</c>: who lies where, and nothing else.</summary>
internal sealed class ResultsFolder(string path)
{
    /// <summary>The most bytes of a job's log, but for its last words.</summary>
    internal const long LongestLog = 4 << 20;

    internal string Root { get; } = System.IO.Path.GetFullPath(path);

    internal string Records => In("records");

    internal string Logs => In("logs");

    internal string ManifestPath => In("manifest.json");

    internal string RunningPath => In("running.json");

    internal string CellsPath => In("cells.csv");

    internal string LeaderboardPath => In("leaderboard.csv");

    internal string ClaimsPath => In("claims.csv");

    internal string Tables => In("tables");

    /// <summary>Tables, claims and published rows of the plugins, a folder a plugin.</summary>
    internal string Definitions => In("definitions");

    /// <summary>Records that a merge found in two versions.</summary>
    internal string Conflicts => In("conflicts");

    internal string Figures => In("figures");

    internal string PagePath => In("report.html");

    internal string ArtifactsOf(string key) => System.IO.Path.Combine(Root, "artifacts", key);

    /// <summary>The folder of a job's artifacts, made if it is not there. <c>artifacts</c> may be a link to another disk, a job's own folder may not.</summary>
    /// <exception cref="IOException">It is a link, or cannot be made.</exception>
    internal string MakeArtifacts(string key) => Links.MakeFolder(In("artifacts"), ArtifactsOf(key));

    /// <summary>Makes a folder of what Dfx takes away again when it is out of date, such as <see cref="Tables"/>, and so none that is a link.</summary>
    /// <exception cref="IOException">It is a link, or cannot be made.</exception>
    internal string Make(string folder) => Links.MakeFolder(Root, folder);

    internal string RecordPath(string key) => System.IO.Path.Combine(Records, key + ".json");

    internal string LogPath(string key) => System.IO.Path.Combine(Logs, key + ".log");

    /// <summary>Makes those of the folders of records, logs and artifacts that somebody took away.</summary>
    internal void Restore()
    {
        foreach (var folder in (string[])[Records, Logs, In("artifacts")])
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>Makes the folders. Those of records, logs and artifacts may be links to another disk.</summary>
    /// <exception cref="UsageException">They cannot be made or written.</exception>
    internal void Create()
    {
        try
        {
            Restore();
            ShortenLogs();
            AtomicFile.Write(In(".writable"), stream => stream.Write(new byte[4096]));
            File.Delete(In(".writable"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"the results folder {Root} cannot be written ({e.Message}); choose another with --results, or free it", e);
        }
    }

    /// <summary>Takes the end of logs that are too long: one of an earlier host may have filled the device, and then nothing could be written any more.</summary>
    private void ShortenLogs()
    {
        foreach (var log in new DirectoryInfo(Logs).EnumerateFiles("*.log").Where(log => log.LinkTarget is null && log.Length > 2 * LongestLog))
        {
            using var file = log.OpenWrite();
            file.SetLength(LongestLog);
        }
    }

    /// <summary>Removes what writes that were cut off left behind, but not behind links. For the holder of the lock alone.</summary>
    internal void Sweep()
    {
        foreach (var path in Links.FilesBelow(Root, ".*.tmp").ToList())
        {
            File.Delete(path);
        }

        File.Delete(RunningPath);
    }

    /// <summary>Removes what reports that were cut off left behind, also while another host is at work.</summary>
    internal void SweepReports()
    {
        foreach (var folder in (string[])[Root, Figures, Tables])
        {
            Leftovers.Sweep(folder);
        }
    }

    /// <summary>The manifest of the last run, or null. Jobs in it that cannot be used are left out.</summary>
    /// <param name="complain">Told of each such job.</param>
    /// <exception cref="UsageException">It is damaged, or of another format.</exception>
    internal Manifest? ReadManifest(Action<string>? complain = null)
    {
        if (!File.Exists(ManifestPath))
        {
            return null;
        }

        try
        {
            var json = WithoutMark(File.ReadAllBytes(RegularFile.Checked(ManifestPath)));
            var format = Format(json);
            if (!Checksum.Holds(json))
            {
                throw new JsonException("its bytes are not those that were written");
            }

            if (format != JobRecord.CurrentFormat)
            {
                throw new UsageException($"{ManifestPath} has format {format}, this host reads {JobRecord.CurrentFormat}: choose another --results folder");
            }

            return Sound(json, complain);
        }
        // A name that is no text, such as half of a surrogate pair, is no exception of JSON's own.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new UsageException(
                $"{ManifestPath} is damaged ({e.Message}): move it away and run the matrix again, which writes it anew; the records beside it are untouched", e);
        }
    }

    internal void WriteManifest(Manifest manifest) =>
        AtomicFile.Write(ManifestPath, stream => Checksum.Write(stream, json => JsonSerializer.Serialize(json, manifest, StoreJson.Default.Manifest)));

    private Manifest Sound(ReadOnlySpan<byte> json, Action<string>? complain)
    {
        var manifest = JsonSerializer.Deserialize(json, StoreJson.WithSharedTexts().Manifest)!;
        return ManifestCheck.Sound(manifest, problem => complain?.Invoke($"{ManifestPath}: {problem}; run the matrix again, which writes it anew"));
    }

    /// <summary>The format that a file says it has, in front of what may be of 100 000 jobs; -1 if it says nothing of the kind.</summary>
    private static int Format(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader is { TokenType: JsonTokenType.PropertyName, CurrentDepth: 1 } && reader.ValueTextEquals("format"u8))
            {
                reader.Read();
                return reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : -1;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> json) => json.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    private string In(string name) => System.IO.Path.Combine(Root, name);
}
