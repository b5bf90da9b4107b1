using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Dfx.Numerics.Tests.Files;

/// <summary>Puts .pth files together by hand, opcode by opcode.</summary>
internal static class PthBytes
{
    public static readonly byte[] Magic = [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, 0x2E];

    /// <summary>A whole pickle around opcodes.</summary>
    public static byte[] Pickle(params byte[][] opcodes) => [0x80, 2, .. opcodes.SelectMany(bytes => bytes), (byte)'.'];

    public static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes];
    }

    public static byte[] Integer(long value) => value switch
    {
        >= 0 and < 256 => [(byte)'K', (byte)value],
        >= int.MinValue and <= int.MaxValue => [(byte)'J', .. BitConverter.GetBytes((int)value)],
        _ => [0x8A, 8, .. BitConverter.GetBytes(value)],
    };

    public static byte[] Global(string module, string name) => Encoding.UTF8.GetBytes($"c{module}\n{name}\n");

    public static byte[] Tuple(params byte[][] items) => [(byte)'(', .. items.SelectMany(item => item), (byte)'t'];

    public static byte[] Call(byte[] function, params byte[][] arguments) => [.. function, .. Tuple(arguments), (byte)'R'];

    public static byte[] OrderedDict(params (string Name, byte[] Value)[] items) =>
        [.. Global("collections", "OrderedDict"), (byte)')', (byte)'R', (byte)'(', .. items.SelectMany(item => Text(item.Name).Concat(item.Value)), (byte)'u'];

    public static byte[] List(params byte[][] items) => [(byte)']', (byte)'(', .. items.SelectMany(item => item), (byte)'e'];

    /// <summary>A storage; the legacy form has a field more.</summary>
    public static byte[] Storage(string key, string type, long count, bool legacy) => [
        .. legacy
            ? Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Integer(count), "N"u8.ToArray())
            : Tuple(Text("storage"), Global("torch", type), Text(key), Text("cpu"), Integer(count)),
        (byte)'Q'];

    public static byte[] Tensor(byte[] storage, long offset, long[] shape, long[] strides) => Call(
        Global("torch._utils", "_rebuild_tensor_v2"), storage, Integer(offset), Integers(shape), Integers(strides), [0x89], OrderedDict());

    public static byte[] Integers(long[] values) => Tuple([.. values.Select(Integer)]);

    /// <summary>The description of the machine.</summary>
    public static byte[] Machine(bool littleEndian = true) =>
        Pickle([(byte)'}', (byte)'(', .. Text("little_endian"), littleEndian ? (byte)0x88 : (byte)0x89, (byte)'u']);

    public static byte[] Legacy(byte[] state, params (string Key, long Count, byte[] Bytes)[] storages) =>
        Legacy(Machine(), state, storages);

    public static byte[] Legacy(byte[] machine, byte[] state, params (string Key, long Count, byte[] Bytes)[] storages) => [
        .. Magic, .. Pickle([(byte)'M', 0xE9, 3]), .. machine, .. state,
        .. Pickle([(byte)']', (byte)'(', .. storages.SelectMany(storage => Text(storage.Key)), (byte)'e']),
        .. storages.SelectMany(storage => BitConverter.GetBytes(storage.Count).Concat(storage.Bytes))];

    public static byte[] Zip(byte[] state, params (string Key, byte[] Bytes)[] storages) =>
        Zip(CompressionLevel.NoCompression, [("net/data.pkl", state), ("net/version", "3\n"u8.ToArray()), .. storages.Select(s => ($"net/data/{s.Key}", s.Bytes))]);

    public static byte[] Zip(CompressionLevel level, params (string Name, byte[] Bytes)[] members)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in members)
            {
                var entry = archive.CreateEntry(name, level);
                entry.LastWriteTime = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero); // the same bytes every day
                using var stream = entry.Open();
                stream.Write(bytes);
            }
        }

        return memory.ToArray();
    }

    /// <summary>The numbers 0, 1, 2 … as float32.</summary>
    public static byte[] Floats(int count)
    {
        var bytes = new byte[count * sizeof(float)];
        for (var i = 0; i < count; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), i);
        }

        return bytes;
    }

    /// <summary>A file with tensor "a" [2, 3] of 0..5 and "b" [2], elements 1 and 3 of the same storage.</summary>
    public static byte[] Small(bool legacy)
    {
        var state = Pickle(OrderedDict(
            ("a", Tensor(Storage("0", "FloatStorage", 6, legacy), 0, [2, 3], [3, 1])),
            ("b", Tensor(Storage("0", "FloatStorage", 6, legacy), 1, [2], [2]))));
        return legacy ? Legacy(state, ("0", 6, Floats(6))) : Zip(state, ("0", Floats(6)));
    }
}
