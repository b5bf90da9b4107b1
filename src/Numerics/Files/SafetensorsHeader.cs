using System.Buffers.Binary;

namespace Dfx.Numerics.Files;

/// <summary>The checked header of a safetensors file.</summary>
/// <param name="Entries">All tensors, in the order of their bytes.</param>
/// <param name="Metadata">The free-form string map; empty when the file has none.</param>
/// <param name="DataStart">Offset in the file of the first tensor's first byte.</param>
/// <remarks>Source: the format section of github.com/huggingface/safetensors, and safetensors/src/tensor.rs.</remarks>
internal sealed record SafetensorsHeader(
    IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata, long DataStart)
{
    /// <summary>Bytes of the length field at the start of the file.</summary>
    public const int LengthSize = sizeof(ulong);

    /// <summary>The longest header that the reference implementation accepts, in bytes.</summary>
    public const int MaxLength = 100_000_000;

    /// <summary>The reserved key of the string map.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Reads the header and checks that the tensors cover the rest of the file exactly.</summary>
    /// <exception cref="TensorFileException">The file breaks any rule of the format.</exception>
    public static SafetensorsHeader Read(MappedFile file, FilePlace place)
    {
        var json = new byte[ReadLength(file, place)];
        file.CopyTo(LengthSize, json);
        if (json.Length == 0 || json[0] != (byte)'{')
        {
            throw place.Error("the header does not begin with '{' at offset 8; this is not a safetensors file");
        }

        var (entries, metadata) = SafetensorsJson.Parse(json, place);
        var start = LengthSize + json.Length;
        return new(Contiguous(entries, file.Length - start, place), metadata, start);
    }

    private static int ReadLength(MappedFile file, FilePlace place)
    {
        if (file.Length < LengthSize)
        {
            throw place.Error($"{file.Length} bytes are too few; a safetensors file begins with its header's length in {LengthSize} bytes");
        }

        Span<byte> field = stackalloc byte[LengthSize];
        file.CopyTo(0, field);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(field);
        var limit = Math.Min(MaxLength, file.Length - LengthSize);
        return length <= (ulong)limit
            ? (int)length
            : throw place.Error(
                $"the header's length at offset 0 is {length}; expected at most {limit} in a file of {file.Length} bytes. "
                + "The file is cut short, or it is not a safetensors file");
    }

    private static List<SafetensorsEntry> Contiguous(List<SafetensorsEntry> entries, long dataLength, FilePlace place)
    {
        // Stable, so that empty tensors at one offset keep the header's order.
        List<SafetensorsEntry> sorted = [.. entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
        var expected = 0L;
        foreach (var entry in sorted)
        {
            CheckOffsets(entry, expected, dataLength, place.Of("tensor", entry.Name));
            expected = entry.End;
        }

        return expected == dataLength
            ? sorted
            : throw place.Error($"the tensors end at data offset {expected}, the file at {dataLength}; expected the same");
    }

    private static void CheckOffsets(SafetensorsEntry entry, long expected, long dataLength, FilePlace place)
    {
        if (entry.Begin != expected)
        {
            var what = entry.Begin < expected ? "overlaps the tensor before it" : "leaves a hole before it";
            throw place.Error($"begins at data offset {entry.Begin} and {what}; expected {expected}");
        }

        if (entry.End < entry.Begin || entry.End > dataLength)
        {
            throw place.Error($"ends at data offset {entry.End}; expected {entry.Begin} to {dataLength}, where the file ends");
        }

        if (entry.End - entry.Begin != entry.Layout.ByteLength)
        {
            throw place.Error(
                $"data_offsets [{entry.Begin}, {entry.End}] span {entry.End - entry.Begin} bytes; "
                + $"{entry.Layout} has {entry.Layout.ByteLength}");
        }
    }
}
