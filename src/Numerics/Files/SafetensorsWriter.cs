using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Dfx.Numerics.Files;

/// <summary>Writes safetensors files, byte for byte as the reference implementation lays them out.</summary>
/// <remarks>Source: <c>prepare</c> in huggingface/safetensors, safetensors/src/tensor.rs.</remarks>
internal static class SafetensorsWriter
{
    // The data begins at a multiple of this; largest elements come first, so that every tensor is aligned.
    private const int Alignment = 8;

    // Escapes only what JSON demands, as the reference does.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(
        string path, IEnumerable<KeyValuePair<string, IArraySource>> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var sorted = Sort(arrays);
        var header = Header(sorted, metadata);
        AtomicFile.Write(path, stream =>
        {
            stream.Write(header);
            sorted.ForEach(array => array.Value.WriteTo(stream));
        });
    }

    /// <summary>The same with a checksum in the metadata.</summary>
    public static void WriteSealed(
        string path, IEnumerable<KeyValuePair<string, IArraySource>> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var sorted = Sort(arrays);
        var header = Header(sorted, new Dictionary<string, string>(metadata ?? new Dictionary<string, string>()) { [SafetensorsSeal.Key] = SafetensorsSeal.Placeholder });
        AtomicFile.Write(path, stream => SafetensorsSeal.Write(stream, header, body => sorted.ForEach(array => array.Value.WriteTo(body))));
    }

    /// <summary>The header alone, for a file whose tensors are written afterwards, in any order, where it says.</summary>
    public static byte[] Header(IEnumerable<KeyValuePair<string, ArrayLayout>> layouts, IReadOnlyDictionary<string, string> metadata) =>
        Header(Sort(layouts.Select(pair => KeyValuePair.Create<string, IArraySource>(pair.Key, new Promised(pair.Value)))), metadata);

    private static List<KeyValuePair<string, IArraySource>> Sort(IEnumerable<KeyValuePair<string, IArraySource>> arrays)
    {
        var names = new HashSet<string>();
        var sorted = arrays.OrderByDescending(pair => pair.Value.Layout.Type).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        foreach (var (name, source) in sorted)
        {
            if (name == SafetensorsHeader.MetadataKey)
            {
                throw new ArgumentException($"the tensor name '{name}' is reserved for the metadata; choose another", nameof(arrays));
            }

            if (!names.Add(name))
            {
                throw new ArgumentException($"two tensors are named {FilePlace.Quote(name)}; names must differ", nameof(arrays));
            }

            if (source.Layout.Type == ElementType.Text)
            {
                throw new ArgumentException(
                    $"tensor {FilePlace.Quote(name)} holds strings, which safetensors cannot; use the metadata or an npz file",
                    nameof(arrays));
            }
        }

        return sorted;
    }

    private static byte[] Header(List<KeyValuePair<string, IArraySource>> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Write(stackalloc byte[SafetensorsHeader.LengthSize]); // filled in below
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            WriteJson(json, arrays, metadata);
        }

        var padding = (Alignment - (buffer.WrittenCount % Alignment)) % Alignment;
        buffer.Write("       "u8[..padding]);
        var header = buffer.WrittenSpan.ToArray();
        var length = header.Length - SafetensorsHeader.LengthSize;
        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        return length <= SafetensorsHeader.MaxLength
            ? header
            : throw new ArgumentException(
                $"names, shapes and metadata make a header of {length} bytes; expected at most {SafetensorsHeader.MaxLength}");
    }

    private static void WriteJson(
        Utf8JsonWriter json, List<KeyValuePair<string, IArraySource>> arrays, IReadOnlyDictionary<string, string>? metadata)
    {
        json.WriteStartObject();
        if (metadata is not null)
        {
            json.WriteStartObject(SafetensorsHeader.MetadataKey);
            foreach (var (key, value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                json.WriteString(StrictText.Checked(key), StrictText.Checked(value));
            }

            json.WriteEndObject();
        }

        var offset = 0L;
        foreach (var (name, source) in arrays)
        {
            WriteEntry(json, name, source.Layout, offset);
            offset = checked(offset + source.Layout.ByteLength);
        }

        json.WriteEndObject();
    }

    private static void WriteEntry(Utf8JsonWriter json, string name, ArrayLayout layout, long offset)
    {
        json.WriteStartObject(StrictText.Checked(name));
        json.WriteString("dtype", ElementFormat.Of(layout.Type)!.Safetensors);
        json.WriteStartArray("shape");
        foreach (var extent in layout.Shape)
        {
            json.WriteNumberValue(extent);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(offset);
        json.WriteNumberValue(checked(offset + layout.ByteLength));
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Promised(ArrayLayout Layout) : IArraySource
    {
        public void WriteTo(Stream stream) => throw new NotSupportedException("Whoever asked for the header alone writes the bytes.");
    }
}
