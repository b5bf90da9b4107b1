namespace Dfx.EndToEnd;

/// <summary>What <c>dfx export</c> says of cells that it cannot export.</summary>
[TestFixture]
internal sealed class ExportTests
{
    [Test]
    public void Samples_that_were_not_kept_have_a_remedy_that_works()
    {
        using var desk = new Desk().With("Sample");
        var matrix = desk.Write("small.yaml", Matrices.Small + "\nkeep: none");
        var results = Path.Combine(desk.Results, "small");
        Assert.That(desk.Run(matrix).Code, Is.Zero);
        var key = Csv.Read(Path.Combine(results, "cells.csv")).First(c => c["status"] == "ok")["key"];

        var refused = desk.Dfx("export", results, key);
        Assert.That(refused.Code, Is.EqualTo(2));
        Assert.That(refused.Errors, Does.Contain("were not kept").And.Contain("keep: samples"));

        desk.Write("small.yaml", Matrices.Small + "\nkeep: samples");
        Assert.That(desk.Run(matrix).Code, Is.Zero);
        var exported = desk.Dfx("export", results, key);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(exported.Code, Is.Zero, exported.Errors);
            Assert.That(Directory.GetFiles(Path.Combine(results, "export", key[..12], "images")), Has.Length.EqualTo(40));
            Assert.That(exported.Output, Does.Contain("keep: [samples, features]"));
        }
    }

    /// <summary>Anyone can compute the kernel distance from what is exported: here by its definition, loop by loop.</summary>
    [Test]
    public void Exported_features_give_the_measured_distance()
    {
        using var desk = new Desk().With("Dfx.Baselines");
        var outcome = desk.Run(desk.Write("features.yaml", Features));
        Assert.That(outcome.Code, Is.Zero, outcome.Output + outcome.Errors);
        var results = Path.Combine(desk.Results, "features");
        var cell = Csv.Read(Path.Combine(results, "cells.csv")).Single();
        Assert.That(desk.Dfx("export", results, cell["key"], "--to", desk.Folder).Code, Is.Zero);

        var file = Path.Combine(desk.Folder, "features.npz");
        var (samples, reference) = (Rows(file, "generated"), Rows(file, "reference"));
        Assert.That((samples.Length, reference.Length), Is.EqualTo((16, 10_000)));
        var expected = Within(samples) + Within(reference) - (2 * Between(samples, reference));
        Assert.That(cell.Number("value"), Is.EqualTo(expected).Within(1e-6 * Math.Abs(expected)));
    }

    private const string Features =
        """
        datasets: [fashion-mnist]
        tasks: [inpaint/half]
        network: { channels: 8, multipliers: [1, 1] }
        training: { steps: 2, batch: 4 }
        methods: [dsm]
        samplers: [heun]
        nfe: [1]
        samples: 16
        threads: 1
        keep: [samples, features]
        metrics: [kid]
        """;

    private static float[][] Rows(string file, string name)
    {
        var (header, bytes) = Arrays.Read(file, name);
        Assert.That(header, Does.Contain("'descr': '<f4'").And.Contain(", 64)"));
        return [.. System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(bytes).ToArray().Chunk(64)];
    }

    private static double Kernel(float[] x, float[] y)
    {
        var product = 0.0;
        for (var i = 0; i < x.Length; i++)
        {
            product += (double)x[i] * y[i];
        }

        var root = (product / x.Length) + 1;
        return root * root * root;
    }

    private static double Between(float[][] x, float[][] y) => x.Sum(a => y.Sum(b => Kernel(a, b))) / ((double)x.Length * y.Length);

    /// <summary>The mean over pairs of different rows.</summary>
    private static double Within(float[][] x) =>
        Enumerable.Range(0, x.Length).AsParallel().Sum(i => x.Skip(i + 1).Sum(y => Kernel(x[i], y))) * 2 / ((double)x.Length * (x.Length - 1));

    [Test]
    public void Several_cells_of_one_beginning_and_folders_without_results_are_unusable_input()
    {
        using var desk = new Desk().With("Sample");
        Assert.That(desk.Run(desk.Write("small.yaml", Matrices.Small)).Code, Is.Zero);
        var results = Path.Combine(desk.Results, "small");
        var digit = Csv.Read(Path.Combine(results, "cells.csv")).Select(c => c["key"]).Distinct().GroupBy(k => k[..1]).First(g => g.Count() > 1).Key;
        var several = desk.Dfx("export", results, digit);
        var nothing = desk.Dfx("export", desk.Folder, digit);
        using (Assert.EnterMultipleScope())
        {
            Assert.That((several.Code, nothing.Code), Is.EqualTo((2, 2)));
            Assert.That(several.Errors, Does.Contain("give more digits"));
            Assert.That(nothing.Errors, Does.Contain("is no results folder"));
        }
    }
}
