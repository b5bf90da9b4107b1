using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Dfx.Numerics.Files;

namespace Dfx.Harness.Store;

/// <summary>Reads and writes the records of a results folder, one file a job.</summary>
internal static class RecordFiles
{
    /// <summary>More bytes than any record has.</summary>
    private const long Longest = 1 << 28;

    /// <summary>Writes a record: all of it or nothing. One that is there and cannot be read stays beside it.</summary>
    internal static void Write(ResultsFolder folder, JobRecord record)
    {
        var path = folder.RecordPath(record.Key);
        if (File.Exists(path) && Read(folder, record.Key) is null)
        {
            File.Move(path, path + ".damaged", overwrite: true);
        }

        Directory.CreateDirectory(folder.Records);
        Write(path, record);
    }

    /// <summary>Writes a record to another place than its own.</summary>
    internal static void Write(string path, JobRecord record) =>
        AtomicFile.Write(path, stream => Checksum.Write(stream, json => JsonSerializer.Serialize(json, record, StoreJson.Default.JobRecord)));

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
                return RecordCheck.Problem(record) is { } problem ? throw new JsonException(problem) : record;
            }

            complain?.Invoke($"{path} is left alone: it has format {record?.Format} and key {record?.Key}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
        }
        catch (Exception e) when (e is JsonException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            complain?.Invoke($"{path} is left alone: it cannot be read ({e.Message}); the next run of its matrix makes it anew");
        }

        return null;
    }

    /// <summary>Reports read 100 000 such files: into one buffer, and without a lock, for a file is whole from the moment it has its name.</summary>
    private static JobRecord? Parse(string path, JsonTypeInfo<JobRecord> type)
    {
        using var file = File.OpenHandle(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = RandomAccess.GetLength(file);
        var buffer = ArrayPool<byte>.Shared.Rent(bytes < Longest ? (int)bytes + 1 : throw new JsonException($"it has {bytes} bytes"));
        try
        {
            int length = 0, more;
            while ((more = RandomAccess.Read(file, buffer.AsSpan(length), length)) > 0)
            {
                length += more;
            }

            var json = buffer.AsSpan(0, length);
            return Checksum.Holds(json)
                ? JsonSerializer.Deserialize(type == StoreJson.Default.JobRecord ? json : WithoutParts(json), type)
                : throw new JsonException("its bytes are not those that were written");
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

    /// <summary>The keys that have a file.</summary>
    internal static HashSet<string> Keys(ResultsFolder folder) => Directory.Exists(folder.Records)
        ? [.. Directory.EnumerateFiles(folder.Records, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!)]
        : [];
}
