using System.Globalization;
using Dfx.Numerics.Files;

namespace Dfx.Numerics.Tests.Files;

/// <summary>What numpy writes is read here, and the reverse: every element type, order, version and shape, every byte.</summary>
public sealed class NumpyInteropTests
{
    private const string WriteAll =
        """
        import io, itertools, sys
        import numpy as np
        from numpy.lib import format
        root, rng, index = sys.argv[1], np.random.RandomState(1), 0
        lines, members = [], {}
        shapes = [(), (1,), (7,), (0,), (2, 3), (3, 0, 2), (2, 1, 3, 2), (5, 4, 3)]
        for descr, shape, order, version in itertools.product(
                ['|b1', '|u1', '|i1', '<i2', '<f2', '<i4', '<f4', '<f8', '<i8', '<U3'], shapes, 'CF', [(1, 0), (2, 0), (3, 0)]):
            count = int(np.prod(shape))
            if descr == '<U3':
                flat = np.array([['', 'a', 'zß', '中😀x'][i % 4] for i in range(count)], dtype=descr)
            elif descr == '|b1':
                flat = rng.randint(0, 2, count).astype(descr)
            else:
                flat = np.frombuffer(rng.bytes(count * np.dtype(descr).itemsize), dtype=descr)
            array = np.asarray(flat.reshape(shape), order=order)
            name = f'{index}'
            with open(f'{root}/{name}.npy', 'wb') as f:
                format.write_array(f, array, version=version)
            open(f'{root}/{name}.bin', 'wb').write(array.tobytes(order='C'))
            lines.append(f"{name} {descr} {','.join(map(str, shape))}")
            members[f'dir/{name}'] = array
            index += 1
        np.savez(f'{root}/stored.npz', **members)
        np.savez_compressed(f'{root}/deflated.npz', **members)
        print('\n'.join(lines))
        """;

    private const string CheckAll =
        """
        import io, sys
        import numpy as np
        root, checked = sys.argv[1], 0
        stored, deflated = np.load(f'{root}/stored.npz'), np.load(f'{root}/deflated.npz')
        for line in open(f'{root}/list.txt').read().splitlines():
            name, descr, shape = line.split(' ')
            shape = tuple(int(extent) for extent in shape.split(',') if extent)
            expected = open(f'{root}/{name}.bin', 'rb').read()
            for array in np.load(f'{root}/{name}.npy'), stored[name], deflated[name]:
                assert array.dtype.str == descr and array.shape == shape, (name, array.dtype.str, array.shape)
                assert array.flags.c_contiguous and array.tobytes() == expected, name
                checked += 1
            buffer = io.BytesIO()
            np.save(buffer, np.load(f'{root}/{name}.npy'))
            # numpy from 1.24 on leaves room for growth in the header.
            if tuple(map(int, np.__version__.split('.')[:2])) >= (1, 24):
                assert buffer.getvalue() == open(f'{root}/{name}.npy', 'rb').read(), name
        assert stored.files == deflated.files and checked == 3 * len(stored.files)
        print(checked)
        """;

    private static readonly Dictionary<string, ElementType> Descrs = new()
    {
        ["|b1"] = ElementType.Bool,
        ["|u1"] = ElementType.UInt8,
        ["|i1"] = ElementType.Int8,
        ["<i2"] = ElementType.Int16,
        ["<f2"] = ElementType.Float16,
        ["<i4"] = ElementType.Int32,
        ["<f4"] = ElementType.Float32,
        ["<f8"] = ElementType.Float64,
        ["<i8"] = ElementType.Int64,
        ["<U3"] = ElementType.Text,
    };

    private TestFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void What_numpy_writes_is_read_here()
    {
        var lines = Python.Run(WriteAll, _folder.Root).Split('\n');
        using var stored = NpzFile.Open(_folder["stored.npz"]);
        using var deflated = NpzFile.Open(_folder["deflated.npz"]);

        Assert.That(lines, Has.Length.EqualTo(10 * 8 * 2 * 3));
        Assert.That(stored.Names, Has.Count.EqualTo(lines.Length));
        foreach (var line in lines)
        {
            var (name, expected) = Expected(line);
            Samples.AssertSame(NpyFile.Read(_folder[name + ".npy"]), expected, line);
            Samples.AssertSame(stored.ReadData("dir/" + name), expected, line);
            Samples.AssertSame(deflated.ReadData("dir/" + name), expected, line);
        }
    }

    [Test]
    public void What_is_written_here_numpy_reads()
    {
        var arrays = Samples.All(Samples.NumpyTypes).Values.Select((array, i) => KeyValuePair.Create($"{i}", array)).ToList();
        foreach (var (name, array) in arrays)
        {
            NpyFile.Write(_folder[name + ".npy"], array);
            File.WriteAllBytes(_folder[name + ".bin"], array.Bytes.ToArray());
        }

        NpzFile.Write(_folder["stored.npz"], arrays);
        NpzFile.Write(_folder["deflated.npz"], arrays, compress: true);
        File.WriteAllLines(_folder["list.txt"], arrays.Select(pair => $"{pair.Key} {Descr(pair.Value)} {string.Join(',', pair.Value.Layout.Shape)}"));

        Assert.That(Python.Run(CheckAll, _folder.Root), Is.EqualTo($"{3 * arrays.Count}"));
    }

    [Test]
    public void Numpys_big_endian_records_and_objects_are_refused()
    {
        Python.Run(
            """
            import sys
            import numpy as np
            root = sys.argv[1]
            np.save(f'{root}/big.npy', np.arange(3, dtype='>i4'))
            np.save(f'{root}/record.npy', np.zeros(3, dtype=[('a', '<f4'), ('b', '<i2')]))
            np.save(f'{root}/object.npy', np.array([None], dtype=object), allow_pickle=True)
            """,
            _folder.Root);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => NpyFile.Read(_folder["big.npy"]), Throws.TypeOf<TensorFileException>().With.Message.Contains("big-endian"));
            Assert.That(() => NpyFile.Read(_folder["record.npy"]), Throws.TypeOf<TensorFileException>().With.Message.Contains("record"));
            Assert.That(() => NpyFile.Read(_folder["object.npy"]), Throws.TypeOf<TensorFileException>().With.Message.Contains("'|O'"));
        }
    }

    private (string Name, ArrayData Array) Expected(string line)
    {
        var parts = line.Split(' ');
        var shape = parts[2].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(e => long.Parse(e, CultureInfo.InvariantCulture));
        var type = Descrs[parts[1]];
        return (parts[0], new(new(type, [.. shape], type == ElementType.Text ? 3 : 0), File.ReadAllBytes(_folder[parts[0] + ".bin"])));
    }

    private static string Descr(ArrayData array) => Descrs.First(pair => pair.Value == array.Layout.Type).Key;
}
