using Microsoft.Win32.SafeHandles;

namespace Dfx.Numerics.Files;

/// <summary>
/// One file of <see cref="SafetensorsRows"/>. Its header was read through a mapping that is gone by now: what a mapping has read counts as memory of the process.
/// </summary>
internal sealed record RowsPart(
    long First, long Rows, IReadOnlyDictionary<string, SafetensorsEntry> Entries, long DataStart, SafeFileHandle Handle) : IDisposable
{
    internal static RowsPart Open(string path, IReadOnlyList<RowsPart> before)
    {
        using var file = SafetensorsFile.Open(path);
        var place = new FilePlace(path);
        var entries = file.Names.ToDictionary(name => name, file.Entry, StringComparer.Ordinal);
        Check(entries, before.Count == 0 ? entries : before[0].Entries, place);
        return new(
            before.Count == 0 ? 0 : before[^1].First + before[^1].Rows,
            entries.Values.First().Layout.Shape[0],
            entries,
            file.DataStart,
            File.OpenHandle(RegularFile.Checked(path), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess));
    }

    /// <summary>Reads all rows.</summary>
    internal void Read(string name, torch.Tensor rows, ArrayLayout row)
    {
        var offset = OffsetOf(name, 0, row.ByteLength);
        TensorBytes.Visit(rows, new(row.Type, [rows.shape[0], .. row.Shape]), (bytes, _) =>
        {
            ReadAll(bytes, offset);
            offset += bytes.Length;
        }, 0);
    }

    internal long OffsetOf(string name, long row, long each) => DataStart + Entries[name].Begin + (row * each);

    public void Dispose() => Handle.Dispose();

    internal void ReadAll(Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(Handle, bytes, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("a file of rows became shorter while it was read");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }

    private static void Check(Dictionary<string, SafetensorsEntry> entries, IReadOnlyDictionary<string, SafetensorsEntry> first, FilePlace place)
    {
        if (entries.Count == 0)
        {
            throw place.Error("has no columns");
        }

        if (!entries.Keys.Order(StringComparer.Ordinal).SequenceEqual(first.Keys.Order(StringComparer.Ordinal)))
        {
            throw place.Error($"has the columns {string.Join(", ", entries.Keys)}; expected those of the first file, {string.Join(", ", first.Keys)}");
        }

        var rows = entries.Values.First().Layout.Shape is [var count, ..] ? count : 0;
        foreach (var (name, entry) in entries)
        {
            Check(entry.Layout, first[name].Layout, rows, place.Of("column", name));
        }
    }

    private static void Check(ArrayLayout column, ArrayLayout first, long rows, FilePlace place)
    {
        if (column.Shape.IsEmpty || column.Shape[0] != rows || rows == 0)
        {
            throw place.Error($"is {column}; expected {rows} rows as in the other columns, at least one");
        }

        if (TorchTypes.ToTorch(column.Type) is null || column.Type != first.Type || !column.Shape[1..].SequenceEqual(first.Shape[1..]))
        {
            throw place.Error($"is {column}; expected rows as in the first file, which is {first}");
        }
    }
}
