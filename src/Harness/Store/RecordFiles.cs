using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>Reads and writes the records of a results folder, one file a job.</summary>
internal static class RecordFiles
{
    /// <summary>Writes a record: all of it or nothing. One that is there and cannot be read stays beside it.</summary>
    internal static void Write(ResultsFolder folder, JobRecord record)
    {
        var path = folder.RecordPath(record.Key);
        if (File.Exists(path) && Read(folder, record.Key) is null)
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }

        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, record, StoreJson.Default.JobRecord));
    }

    /// <summary>The record of a key; null if there is none, or none that can be used.</summary>
    /// <param name="folder">The results folder.</param>
    /// <param name="key">The key.</param>
    /// <param name="complain">Told of a file that is there but cannot be used.</param>
    /// <param name="type">How it is read; as a whole if this is null.</param>
    internal static JobRecord? Read(ResultsFolder folder, string key, Action<string>? complain = null, JsonTypeInfo<JobRecord>? type = null)
    {
        var path = folder.RecordPath(key);
        try
        {
            var record = Parse(path, type ?? StoreJson.Default.JobRecord);
            if (record is { Format: JobRecord.CurrentFormat } && record.Key == key)
            {
                return IsWhole(record) ? record : throw new JsonException("it lacks the outcome or a part of it");
            }

            complain?.Invoke($"{path} is left alone: it has format {record?.Format} and key {record?.Key}");
        }
        catch (FileNotFoundException)
        {
        }
        catch (Exception e) when (e is JsonException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            complain?.Invoke($"{path} is left alone: it cannot be read ({e.Message})");
        }

        return null;
    }

    /// <summary>Reports read 100 000 such files: into one buffer, and without a lock, for a file is whole from the moment it has its name.</summary>
    private static JobRecord? Parse(string path, JsonTypeInfo<JobRecord> type)
    {
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var buffer = ArrayPool<byte>.Shared.Rent((int)RandomAccess.GetLength(file) + 1);
        try
        {
            int length = 0, more;
            while ((more = RandomAccess.Read(file, buffer.AsSpan(length), length)) > 0)
            {
                length += more;
            }

            return JsonSerializer.Deserialize(type == StoreJson.Default.JobRecord ? buffer.AsSpan(0, length) : WithoutParts(buffer.AsSpan(0, length)), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>
    /// A record with nothing between the braces of its parts, which are most of its bytes. They are found as this program writes them, indented and a line
    /// each, where no text holds a line's end; in a file of another form they stay.
    /// </summary>
    private static ReadOnlySpan<byte> WithoutParts(Span<byte> json)
    {
        var start = json.IndexOf("\n  \"parts\": {\n"u8);
        var length = start < 0 ? -1 : json[start..].IndexOf("\n  }"u8);
        if (length < 0)
        {
            return json;
        }

        var inside = "\n  \"parts\": {"u8.Length;
        json[(start + length)..].CopyTo(json[(start + inside)..]);
        return json[..(json.Length - length + inside)];
    }

    /// <summary>What a file lacks is null after reading, whatever the types say.</summary>
    private static bool IsWhole(JobRecord record) =>
        record is { Outcome: { Metrics: not null, Unavailable: not null, FailedMetrics: not null, Files: not null }, Timing: not null };

    /// <summary>The keys that have a file.</summary>
    internal static HashSet<string> Keys(ResultsFolder folder) => Directory.Exists(folder.Records)
        ? [.. Directory.EnumerateFiles(folder.Records, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)]
        : [];
}
