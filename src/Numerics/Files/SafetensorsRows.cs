namespace Dfx.Numerics.Files;

/// <summary>
/// Rows that lie in several safetensors files, one after another: every file holds some rows of the same named columns. Rows are read from disk when they are
/// asked for and are not kept, so there may be more of them than memory.
/// </summary>
/// <remarks>Safe to read from several threads.</remarks>
public sealed class SafetensorsRows : IDisposable
{
    // What a span can cover, with room to spare.
    private const long PieceSize = 1L << 30;

    private readonly IReadOnlyList<RowsPart> _parts;
    private readonly IReadOnlyDictionary<string, ArrayLayout> _columns;

    private SafetensorsRows(IReadOnlyList<RowsPart> parts)
    {
        _parts = parts;
        _columns = parts.Count == 0 ? new Dictionary<string, ArrayLayout>() : parts[0].Entries.ToDictionary(pair => pair.Key, pair => RowOf(pair.Value.Layout), StringComparer.Ordinal);
        Rows = parts.Count == 0 ? 0 : parts[^1].First + parts[^1].Rows;
    }

    /// <summary>How many rows there are in all files.</summary>
    public long Rows { get; }

    /// <summary>The columns' names, in the order of their bytes in the first file.</summary>
    public IReadOnlyList<string> Names => [.. _columns.Keys];

    /// <summary>Opens files and checks their whole headers; no row is read.</summary>
    /// <param name="paths">The files in the order of their rows; none for no rows.</param>
    /// <exception cref="TensorFileException">A file breaks a rule of the format, or its columns do not match one another or those of the first file.</exception>
    /// <exception cref="IOException">A file is missing or unreadable.</exception>
    public static SafetensorsRows Open(IEnumerable<string> paths)
    {
        ArgumentNullException.ThrowIfNull(paths);
        List<RowsPart> parts = [];
        try
        {
            foreach (var path in paths)
            {
                parts.Add(RowsPart.Open(path, parts));
            }

            return new(parts);
        }
        catch
        {
            parts.ForEach(part => part.Dispose());
            throw;
        }
    }

    /// <summary>Element type and shape of one row of a column.</summary>
    /// <param name="name">The column.</param>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public ArrayLayout Row(string name) => _columns.TryGetValue(name, out var row)
        ? row
        : throw new ArgumentException($"there is no column {FilePlace.Quote(name)}; there are: {string.Join(", ", _columns.Keys)}", nameof(name));

    /// <summary>Reads a whole column.</summary>
    /// <param name="name">The column.</param>
    /// <returns>A new contiguous CPU tensor [rows, ...]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public torch.Tensor Column(string name)
    {
        var row = Row(name);
        return Filled(row, Rows, tensor =>
        {
            foreach (var part in _parts)
            {
                using var rows = tensor.narrow(0, part.First, part.Rows);
                part.Read(name, rows, row);
            }
        });
    }

    /// <summary>Reads some rows of a column.</summary>
    /// <param name="name">The column.</param>
    /// <param name="rows">Row numbers over all files, in any order, repeated or not.</param>
    /// <returns>A new contiguous CPU tensor [n, ...]; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A row is out of range.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public torch.Tensor Read(string name, ReadOnlySpan<long> rows)
    {
        var row = Row(name);
        var wanted = rows.ToArray();
        foreach (var number in wanted)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(rows));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(number, Rows, nameof(rows));
        }

        var step = Math.Max(1, PieceSize / Math.Max(1, row.ByteLength));
        return Filled(row, wanted.Length, tensor =>
        {
            for (var first = 0L; first < wanted.Length; first += step)
            {
                using var piece = tensor.narrow(0, first, Math.Min(step, wanted.Length - first));
                Fill(piece.bytes, name, wanted.AsSpan((int)first, (int)piece.shape[0]), (int)row.ByteLength);
            }
        });
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        foreach (var part in _parts)
        {
            part.Dispose();
        }
    }

    private static torch.Tensor Filled(ArrayLayout row, long count, Action<torch.Tensor> fill)
    {
        var tensor = torch.empty([count, .. row.Shape], dtype: TorchTypes.ToTorch(row.Type)!.Value, device: torch.CPU);
        try
        {
            fill(tensor);
            return tensor;
        }
        catch
        {
            tensor.Dispose();
            throw;
        }
    }

    /// <summary>One span for many rows: a tensor for each would be more work than reading it.</summary>
    private void Fill(Span<byte> bytes, string name, ReadOnlySpan<long> rows, int each)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            var part = PartOf(rows[i]);
            part.ReadAll(bytes.Slice(i * each, each), part.OffsetOf(name, rows[i] - part.First, each));
        }
    }

    /// <summary>The file that a row lies in.</summary>
    private RowsPart PartOf(long row)
    {
        var (low, high) = (0, _parts.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _parts[middle].First <= row ? (middle, high) : (low, middle - 1);
        }

        return _parts[low];
    }

    private static ArrayLayout RowOf(ArrayLayout column) => new(column.Type, column.Shape[1..]);
}
