using System.Collections.Immutable;
using System.Text.Json;

namespace Dfx.Numerics.Files;

/// <summary>Parses the JSON of a safetensors header, strictly: known fields only, no duplicates, plain non-negative integers.</summary>
internal ref struct SafetensorsJson
{
    // The header, a tensor's fields, a shape.
    private const int MaxDepth = 3;

    private readonly FilePlace _file;
    private readonly Dictionary<string, string> _metadata = [];
    private readonly List<SafetensorsEntry> _entries = [];
    private FilePlace _place;
    private Utf8JsonReader _json;

    private SafetensorsJson(ReadOnlySpan<byte> json, FilePlace place)
    {
        _file = _place = place;
        _json = new(json, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Reads all tensors, in the header's order and with offsets not yet compared, and the metadata.</summary>
    /// <exception cref="TensorFileException">The header is not the JSON that the format asks for.</exception>
    public static (List<SafetensorsEntry> Entries, Dictionary<string, string> Metadata) Parse(
        ReadOnlySpan<byte> json, FilePlace place)
    {
        var parser = new SafetensorsJson(json, place);
        try
        {
            parser.ReadHeader();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // The reader reports text that is not Unicode as an invalid operation.
            throw parser.Error($"the header is not valid JSON: {e.Message}", e);
        }

        return (parser._entries, parser._metadata);
    }

    private void ReadHeader()
    {
        var names = new HashSet<string>();
        Next(JsonTokenType.StartObject, "an object");
        while (NextKey(names) is { } name)
        {
            if (name == SafetensorsHeader.MetadataKey)
            {
                ReadMetadata();
            }
            else
            {
                _place = _file.Of("tensor", name);
                _entries.Add(ReadEntry(name));
                _place = _file;
            }
        }

        // Refuses anything but white space behind the object.
        _json.Read();
    }

    private void ReadMetadata()
    {
        var names = new HashSet<string>();
        Next(JsonTokenType.StartObject, $"an object as {SafetensorsHeader.MetadataKey}");
        while (NextKey(names) is { } name)
        {
            Next(JsonTokenType.String, $"a string as metadata {FilePlace.Quote(name)}");
            _metadata.Add(name, _json.GetString()!);
        }
    }

    private SafetensorsEntry ReadEntry(string name)
    {
        (ElementType? type, ImmutableArray<long>? shape, ImmutableArray<long>? offsets) = (null, null, null);
        var fields = new HashSet<string>();
        Next(JsonTokenType.StartObject, "an object");
        while (NextKey(fields) is { } field)
        {
            switch (field)
            {
                case "dtype": type = ReadType(); break;
                case "shape": shape = ReadIntegers(ArrayLayout.MaxRank, field); break;
                case "data_offsets": offsets = ReadIntegers(2, field); break;
                default: throw Error($"unknown field {FilePlace.Quote(field)}; expected dtype, shape, data_offsets");
            }
        }

        if (type is null || shape is null || offsets is not { Length: 2 })
        {
            throw Error("expected dtype, shape and two data_offsets; one is missing");
        }

        return ArrayLayout.Problem(type.Value, shape.Value.AsSpan(), 0) is { } problem
            ? throw Error(problem)
            : new(name, new(type.Value, shape.Value), offsets.Value[0], offsets.Value[1]);
    }

    private ElementType ReadType()
    {
        Next(JsonTokenType.String, "a string as dtype");
        var name = _json.GetString()!;
        return ElementFormat.OfSafetensors(name)?.Type
            ?? throw Error($"unknown dtype {FilePlace.Quote(name)}; expected one of {ElementFormat.SafetensorsNames}");
    }

    private ImmutableArray<long> ReadIntegers(int limit, string field)
    {
        var values = ImmutableArray.CreateBuilder<long>(4);
        Next(JsonTokenType.StartArray, $"an array as {field}");
        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType != JsonTokenType.Number || values.Count == limit)
            {
                throw Error($"expected {field} to hold at most {limit} integers and nothing else");
            }

            values.Add(ReadInteger(field));
        }

        return values.DrainToImmutable();
    }

    private long ReadInteger(string field) =>
        _json.ValueSpan.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0 && _json.TryGetInt64(out var value)
            ? value
            : throw Error($"{field} holds a number that is no plain integer from 0 to {long.MaxValue}");

    // The next key of the current object, or null at its end.
    private string? NextKey(HashSet<string> seen)
    {
        _json.Read();
        if (_json.TokenType == JsonTokenType.EndObject)
        {
            return null;
        }

        var key = _json.GetString()!;
        return seen.Add(key) ? key : throw Error($"duplicate key {FilePlace.Quote(key)}");
    }

    private void Next(JsonTokenType type, string expected)
    {
        _json.Read();
        if (_json.TokenType != type)
        {
            throw Error($"expected {expected}, found {_json.TokenType}");
        }
    }

    private readonly TensorFileException Error(string problem, Exception? inner = null) =>
        _place.Error($"{problem} (header, at file offset {SafetensorsHeader.LengthSize + _json.TokenStartIndex})", inner);
}
