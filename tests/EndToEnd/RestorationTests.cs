using System.IO.Compression;
using System.Text.Json;

namespace Dfx.EndToEnd;

/// <summary>Tasks that hide pixels from the matrix file to exported images, with a network that learns what is observed.</summary>
[TestFixture]
internal sealed class RestorationTests
{
    private const int Samples = 12;
    private const int Side = 14;

    private const string Matrix =
        """
        name: restored
        datasets: [{ dataset: fashion-mnist, with: { size: 14 } }]
        tasks: [inpaint/half, { task: inpaint/expand, with: { known: half } }, deocclude]
        network: { channels: 8, multipliers: [1, 1] }
        training: { steps: 6, batch: 8 }
        methods: [dsm]
        samplers: [heun, { sampler: repaint, with: { resamplings: 1 } }]
        nfe: [3]
        samples: 12
        sampling-batch: 5
        threads: 1
        keep: [samples, features]
        metrics: [fd, test-mse]
        """;

    private Desk _desk = null!;
    private IReadOnlyList<IReadOnlyDictionary<string, string>> _cells = null!;

    [OneTimeSetUp]
    public void Run()
    {
        _desk = new Desk().With("Dfx.Baselines", "Sample");
        var outcome = _desk.Run(_desk.Write("restored.yaml", Matrix));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        _cells = Csv.Read(Path.Combine(Results, "cells.csv"));
    }

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    private string Results => Path.Combine(_desk.Results, "restored");

    [Test]
    public void Every_task_has_cells_under_its_own_name()
    {
        var statuses = _cells.Where(c => c["metric"] is "test-mse" or "").Select(c => (c["task"], Sampler(c), c["status"]));
        Assert.That(statuses, Is.EquivalentTo(new[]
        {
            ("inpaint/half", "heun", "ok"),
            ("inpaint/half", "repaint", "ok"),
            ("inpaint/expand known=half", "heun", "ok"),
            ("inpaint/expand known=half", "repaint", "ok"),
            ("deocclude", "heun", "ok"),
            ("deocclude", "repaint", "not-applicable"), // nobody says which pixels are hidden
        }));
    }

    [Test]
    public void A_restoration_leaves_strips_and_the_restored_images()
    {
        var cell = Artifacts("inpaint/half", "heun");
        using (Assert.EnterMultipleScope())
        {
            // Eight rows of four images, and eight columns of restored ones; 14 pixels are drawn four times as large, with a line between.
            Assert.That(Size(Path.Combine(cell, "grid.png")), Is.EqualTo((4 * ((4 * 15) + 1), 4 * ((8 * 15) + 1))));
            Assert.That(Size(Path.Combine(cell, "restored.png")), Is.EqualTo((4 * ((8 * 15) + 1), 4 * ((2 * 15) + 1))));
        }
    }

    [Test]
    public void Known_pixels_are_the_test_images_own([Values("heun", "repaint")] string sampler)
    {
        var (_, bytes) = Arrays.Read(SamplesFile("inpaint/half", sampler), "samples");
        var truth = TestImages();
        var same = Enumerable.Range(0, bytes.Length).ToLookup(i => i % Side < Side / 2, i => bytes[i] == truth[i]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(bytes, Has.Length.EqualTo(Samples * Side * Side));
            Assert.That(same[true], Is.All.True);
            Assert.That(same[false].Count(s => s), Is.LessThan(0.9 * bytes.Length / 2));
        }
    }

    [Test]
    public void Exported_images_are_the_samples()
    {
        var folder = Path.Combine(_desk.Folder, "out");
        var outcome = _desk.Dfx("export", Results, Key("deocclude", "heun")[..16], "--to", folder);
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var (header, bytes) = Arrays.Read(Path.Combine(folder, "samples.npz"), "arr_0");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(header, Does.Contain("'descr': '|u1'").And.Contain("(12, 14, 14, 1)"));
            Assert.That(bytes, Is.EqualTo(Arrays.Read(SamplesFile("deocclude", "heun"), "samples").Bytes));
            Assert.That(Directory.GetFiles(Path.Combine(folder, "images"), "*.png"), Has.Length.EqualTo(Samples));
            Assert.That(Size(Path.Combine(folder, "images", "000011.png")), Is.EqualTo((Side, Side)));
            Assert.That(File.ReadAllText(Path.Combine(folder, "cell.json")), Does.Contain("deocclude").And.Contain("test-mse"));
            Assert.That(outcome.Output, Does.Contain("no features: the weights of inception are missing, which fashion-mnist images of 1x14x14 need"));
        }
    }

    [Test]
    public void Exported_grey_is_RGB_if_asked_for()
    {
        var folder = Path.Combine(_desk.Folder, "rgb");
        Assert.That(_desk.Dfx("export", Results, Key("deocclude", "heun"), "--to", folder, "--rgb").Code, Is.Zero);
        var (header, bytes) = Arrays.Read(Path.Combine(folder, "samples.npz"), "arr_0");
        Assert.That(header, Does.Contain("(12, 14, 14, 3)"));
        Assert.That(bytes.Chunk(3).All(pixel => pixel[0] == pixel[1] && pixel[1] == pixel[2]), Is.True);
    }

    [Test]
    public void A_folder_with_other_images_is_refused()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_desk.Folder, "mixed", "images")).FullName;
        File.WriteAllText(Path.Combine(folder, "999999.png"), "");
        var outcome = _desk.Dfx("export", Results, Key("deocclude", "heun"), "--to", Path.GetDirectoryName(folder)!);
        Assert.That((outcome.Code, outcome.Errors), Is.EqualTo((2, outcome.Errors)));
        Assert.That(outcome.Errors, Does.Contain("999999.png is not of this cell"));
    }

    [Test]
    public void An_unknown_cell_is_named_with_cells_that_there_are()
    {
        var outcome = _desk.Dfx("export", Results, "no-such-key");
        Assert.That(outcome.Code, Is.EqualTo(2));
        Assert.That(outcome.Errors, Does.Contain("no cell of").And.Contain("'no-such-key'").And.Contain("cells.csv").And.Contain("cell | fashion-mnist"));
    }

    private string Key(string task, string sampler) => _cells.First(c => c["task"] == task && Sampler(c) == sampler)["key"];

    private string Artifacts(string task, string sampler) => Path.Combine(Results, "artifacts", Key(task, sampler));

    /// <summary>The samples lie with the job that the cell needs.</summary>
    private string SamplesFile(string task, string sampler)
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Results, "manifest.json")));
        var cell = manifest.RootElement.GetProperty("jobs").EnumerateArray().Single(job => job.GetProperty("key").GetString() == Key(task, sampler));
        return Path.Combine(Results, "artifacts", cell.GetProperty("needs")[0].GetString()!, "samples.npz");
    }

    private static string Sampler(IReadOnlyDictionary<string, string> cell) => cell["sampler"].Split(' ')[0];

    /// <summary>Width and height, from the header chunk that every PNG file begins with.</summary>
    private static (int Width, int Height) Size(string png)
    {
        var header = File.ReadAllBytes(png).AsSpan(16, 8);
        return (System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(header[4..]));
    }

    /// <summary>The first test images at half size, from the published file: means of four pixels, rounded half up.</summary>
    private static byte[] TestImages()
    {
        const int Full = 2 * Side;
        using var stream = new GZipStream(File.OpenRead("/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz"), CompressionMode.Decompress);
        var raw = new byte[16 + (Samples * Full * Full)];
        stream.ReadExactly(raw);
        return [.. from i in Enumerable.Range(0, Samples * Side * Side)
                   let at = 16 + (i / Side * 2 * Full) + (i % Side * 2)
                   select (byte)((raw[at] + raw[at + 1] + raw[at + Full] + raw[at + Full + 1] + 2) / 4)];
    }
}
