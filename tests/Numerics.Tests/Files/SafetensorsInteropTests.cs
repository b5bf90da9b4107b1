using System.Globalization;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>A second, independent reader and writer of safetensors: a few lines of Python over json and numpy.</summary>
public sealed class SafetensorsInteropTests
{
    private const string Types =
        "{'BOOL': '|b1', 'U8': '|u1', 'I8': '|i1', 'I16': '<i2', 'F16': '<f2', 'BF16': '<u2', 'I32': '<i4', 'F32': '<f4', 'F64': '<f8', 'I64': '<i8'}";

    private const string Check =
        $$"""
        import json, struct, sys
        import numpy as np
        root, types = sys.argv[1], {{Types}}
        raw = open(f'{root}/a.safetensors', 'rb').read()
        length, = struct.unpack('<Q', raw[:8])
        header, data = json.loads(raw[8:8 + length]), raw[8 + length:]
        assert (8 + length) % 8 == 0 and header.pop('__metadata__') == {'format': 'pt'}
        for name, entry in header.items():
            begin, end = entry['data_offsets']
            array = np.frombuffer(data[begin:end], types[entry['dtype']]).reshape(entry['shape'])
            assert begin % array.dtype.itemsize == 0
            assert array.tobytes() == open(f'{root}/' + name.replace('/', '_') + '.bin', 'rb').read(), name
        print(len(header))
        """;

    private const string Write =
        $$"""
        import json, struct, sys
        import numpy as np
        root, types, rng = sys.argv[1], {{Types}}, np.random.RandomState(2)
        header, data = {'__metadata__': {'from': 'Python ß'} }, b''
        for dtype, descr in types.items():
            for shape in (), (3,), (0, 2), (2, 3, 4):
                count = int(np.prod(shape))
                array = rng.randint(0, 2, count).astype(descr).reshape(shape)
                name = f'{dtype}_' + 'x'.join(map(str, shape))
                header[name] = {'dtype': dtype, 'shape': shape, 'data_offsets': [len(data), len(data) + array.nbytes]}
                data += array.tobytes()
                open(f'{root}/{name}.bin', 'wb').write(array.tobytes())
        text = json.dumps(header).encode()
        open(f'{root}/a.safetensors', 'wb').write(struct.pack('<Q', len(text)) + text + data)
        print('ok')
        """;

    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void What_is_written_here_Python_reads()
    {
        var arrays = Samples.All(Samples.NumericTypes);
        SafetensorsFile.Write(_folder["a.safetensors"], arrays, new Dictionary<string, string> { ["format"] = "pt" });
        foreach (var (name, array) in arrays)
        {
            File.WriteAllBytes(_folder[name.Replace('/', '_') + ".bin"], array.Bytes.ToArray());
        }

        Assert.That(Python.Run(Check, _folder.Root), Is.EqualTo(arrays.Count.ToString(CultureInfo.InvariantCulture)));
    }

    [Test]
    public void What_Python_writes_is_read_here()
    {
        Assert.That(Python.Run(Write, _folder.Root), Is.EqualTo("ok"));
        using var file = SafetensorsFile.Open(_folder["a.safetensors"]);

        Assert.That(file.Metadata["from"], Is.EqualTo("Python ß"));
        Assert.That(file.Names, Has.Count.EqualTo(40));
        foreach (var name in file.Names)
        {
            Assert.That(file.ReadData(name).Bytes.ToArray(), Is.EqualTo(File.ReadAllBytes(_folder[name + ".bin"])), name);
        }
    }
}
