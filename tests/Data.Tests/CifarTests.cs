using System.Text;
using Dfx.Data.Cifar;
using Dfx.Data.Packing;
using Dfx.Data.Recipes;
using Dfx.Sdk;

namespace Dfx.Data.Tests;

public sealed class CifarTests
{
    private static readonly string[] s_names = ["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"];

    private TemporaryFolder _temporary = null!;
    private string _root = null!;

    [SetUp]
    public void Make()
    {
        _temporary = new();
        _root = _temporary.Folder("data");
    }

    [TearDown]
    public void Remove() => _temporary.Dispose();

    [TestCase(true)]
    [TestCase(false)]
    public void Both_archives_give_the_same_dataset(bool python)
    {
        using var scope = torch.NewDisposeScope();
        var archive = IdxSamples.Gzip(Samples.Tar(s_names.Select((name, i) => python
            ? ($"cifar-10-batches-py/{name}", Python2(Pixels(i), Labels(i)))
            : ($"cifar-10-batches-bin/{name}.bin", Binary(Pixels(i), Labels(i)))).ToArray()));
        File.WriteAllBytes(_temporary.File("cifar.tar.gz"), archive);
        Adding.Add(KnownRecipes.Cifar10, _temporary.File("cifar.tar.gz"), _root, new(AnyCount: true), default);

        using var data = new Cifar10Dataset().Open(new(null, _root));

        Assert.That((data.Count(Split.Train), data.Count(Split.Test), data.Shape), Is.EqualTo((10, 2, new DataShape(3, 32, 32))));
        Assert.That(data.Classes[data.Labels(Split.Train, [3]).ToInt32()], Is.EqualTo(new[] { "bird", "cat", "deer" }[1]));
        var read = (data.Read(Split.Test, [1]) + 1) * 127.5;
        Assert.That(read.round().to(torch.uint8).flatten().bytes.ToArray(), Is.EqualTo(Pixels(5)[3072..]));
    }

    [Test]
    public void Batches_of_two_copies_are_never_mixed()
    {
        var whole = s_names.Select((name, i) => ($"whole/{name}.bin", Binary(Pixels(i), Labels(i))));
        var part = s_names.Skip(3).Select((name, i) => ($"part/{name}.bin", Binary(Pixels(50 + i), Labels(1))));
        File.WriteAllBytes(_temporary.File("two.zip"), Samples.Zip([.. whole, .. part]));
        var told = new List<Intake>();
        Adding.Add(KnownRecipes.Cifar10, _temporary.File("two.zip"), _root, new(AnyCount: true, Told: told.Add), default);
        var both = File.ReadAllBytes(DataFolder.Pack(_root, "cifar10"));
        File.WriteAllBytes(_temporary.File("one.zip"), Samples.Zip([.. whole]));
        Adding.Add(KnownRecipes.Cifar10, _temporary.File("one.zip"), _root, new(AnyCount: true), default);

        Assert.That(File.ReadAllBytes(DataFolder.Pack(_root, "cifar10")), Is.EqualTo(both));
        Assert.That($"{told.Single().Reading.LeftOut.Single()}", Does.StartWith("3 files were left out: part/data_batch_4.bin, "));
        File.WriteAllBytes(_temporary.File("two.zip"), Samples.Zip([.. whole.Skip(1), .. part]));
        Refused(() => Adding.Add(KnownRecipes.Cifar10, _temporary.File("two.zip"), _root, new(AnyCount: true), default), "no data_batch_1");
        File.WriteAllBytes(_temporary.File("two.zip"), Samples.Zip([.. whole.Skip(1), .. part, ("x/data_batch_1", Binary(Pixels(0), Labels(0)))]));
        Refused(() => Adding.Add(KnownRecipes.Cifar10, _temporary.File("two.zip"), _root, new(AnyCount: true), default), "part/data_batch_4.bin and whole/data_batch_4.bin");
    }

    [Test]
    public void A_pickle_of_python_3_is_read()
    {
        var batch = CifarBatch.Read(Samples.Golden("batch-python3"), "batch");
        Assert.That(batch.Labels, Is.EqualTo(new byte[] { 7, 0, 9 }));
        Assert.That(Samples.Hash(batch.Bytes), Is.EqualTo("eed0d21fe942636600c45bb25672c320e54ba5d1cff16f76c67316d6bcccf0e9"));
    }

    // The first has bytes for keys, as load(encoding='bytes') gives them; the second keeps arrays by another function, and its labels in one.
    [TestCase("batch-protocol4")]
    [TestCase("batch-protocol5")]
    public void Pickles_of_later_protocols_are_read(string name)
    {
        var batch = CifarBatch.Read(Samples.Golden(name), "batch");
        Assert.That(batch.Labels, Is.EqualTo(new byte[] { 7, 0 }));
        Assert.That(Samples.Hash(batch.Bytes), Is.EqualTo("bf490d20f27173f4f17de70d448ef92646636f9dc16260109a445a1212b004fb"));
    }

    [TestCase("floats.pickle", "f4")]
    [TestCase("code.pickle", "posix.system")]
    [TestCase("code-protocol4.pickle", "posix.system")]
    public void Anything_else_is_refused_by_name(string name, string refused) => Assert.That(
        () => CifarBatch.Read(Samples.Golden(name), "the file"),
        Throws.TypeOf<DataUnavailableException>().With.Message.Contains(refused).And.Message.Contains("the file").And.Message.Contains("protocol=2"));

    [Test]
    public void Wrong_batches_are_refused()
    {
        Assert.Multiple(() =>
        {
            Refused(() => CifarBatch.Read(new byte[3072], "a.bin"), "3072 bytes");
            Refused(() => CifarBatch.Read(Binary(Pixels(0), [3, 10]), "a.bin"), "a label is 10");
            Refused(() => CifarBatch.Read(Python2(Pixels(0), [1]), "a"), "labels");
            Refused(() => CifarBatch.Read([], "a"), "broken pickle");
        });
        File.WriteAllBytes(_temporary.File("a.zip"), Samples.Zip([.. s_names.Select((name, i) => ($"{name}.bin", Binary(Pixels(i), Labels(i))))]));
        Refused(() => Adding.Add(KnownRecipes.Cifar10, _temporary.File("a.zip"), _root, new(), default), "2 images; expected 10000");
        File.WriteAllBytes(_temporary.File("a.zip"), Samples.Zip(("data_batch_1.bin", Binary(Pixels(0), Labels(0)))));
        Refused(() => Adding.Add(KnownRecipes.Cifar10, _temporary.File("a.zip"), _root, new(AnyCount: true), default), "no data_batch_2");
    }

    [Test]
    public void Damaged_pickles_never_do_more_than_be_refused()
    {
        var (random, seeds, refused) = (new Random(4), new[] { Samples.Golden("batch-python3"), Python2(Pixels(0), Labels(0)), Samples.Golden("batch-protocol4"), Samples.Golden("batch-protocol5") }, 0);
        for (var i = 0; i < 20_000; i++)
        {
            var file = (byte[])seeds[i % seeds.Length].Clone();
            for (var flips = 1 + random.Next(3); flips > 0; flips--)
            {
                // The interesting bytes are at both ends, around the pixels.
                var place = random.Next(250);
                file[random.Next(2) == 0 ? place : file.Length - 1 - place] = (byte)random.Next(256);
            }

            try
            {
                CifarBatch.Read(file, "a");
            }
            catch (DataUnavailableException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.InRange(1000, 19_900));
    }

    private static void Refused(Action call, string message) => Assert.That(call, Throws.TypeOf<DataUnavailableException>().With.Message.Contains(message));

    private static byte[] Pixels(int seed)
    {
        var bytes = new byte[2 * 3072];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static byte[] Labels(int i) => [(byte)i, (byte)(i + 2)];

    private static byte[] Binary(byte[] pixels, byte[] labels) => [labels[0], .. pixels.AsSpan(0, 3072), labels[1], .. pixels.AsSpan(3072)];

    // The opcodes of Python 2's cPickle, protocol 2, as the published batches have them: byte strings, no encoding.
    private static byte[] Python2(byte[] pixels, byte[] labels)
    {
        using var stream = new MemoryStream();
        void Text(string text) => stream.Write(Encoding.Latin1.GetBytes(text));
        Text("\u0080\u0002}q\u0001(U\u000bbatch_labelq\u0002U\u0006a testq\u0003U\u0006labelsq\u0004]q\u0005(");
        foreach (var label in labels)
        {
            stream.Write([(byte)'K', label]);
        }

        Text("eU\u0004dataq\u0006cnumpy.core.multiarray\n_reconstruct\nq\u0007cnumpy\nndarray\nq\u0008K\u0000\u0085U\u0001b\u0087Rq\u0009(K\u0001K");
        stream.WriteByte((byte)(pixels.Length / 3072));
        Text("M\u0000\u000c\u0086cnumpy\ndtype\nq\u000aU\u0002u1K\u0000K\u0001\u0087Rq\u000b(K\u0003U\u0001|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb\u0089T");
        stream.Write(BitConverter.GetBytes(pixels.Length));
        stream.Write(pixels);
        Text("tbU\tfilenamesq\u000c]q\u000d(U\u0005a.pngU\u0005b.pngeu.");
        return stream.ToArray();
    }
}
