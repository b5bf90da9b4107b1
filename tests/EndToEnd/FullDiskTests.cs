using System.Diagnostics;

namespace Dfx.EndToEnd;

/// <summary>A device that fills up in the middle of a run.</summary>
[TestFixture]
internal sealed class FullDiskTests
{
    private const string Matrix =
        """
        name: small
        datasets: [test-shapes]
        training: { steps: 10, batch: 16 }
        methods: [test-affine]
        samplers: [test-euler]
        nfe: [4, 5, 6, 7, 8, 9]
        seeds: [0, 1, 2, 3, 4, 5, 6, 7]
        samples: 16
        threads: 1
        metrics: [test-mean]
        """;

    [Test]
    public void Ends_the_run_with_one_message_and_loses_nothing()
    {
        using var desk = new Desk().With("Sample");
        Directory.CreateDirectory(desk.Results);
        if (!Do("mount", $"-t tmpfs -o size=200k tmpfs {desk.Results}"))
        {
            Assert.Ignore("only the superuser can mount a small device");
        }

        try
        {
            var matrix = desk.Write("small.yaml", Matrix);
            var full = desk.Run(matrix);
            var kept = Records(desk);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(full.Code, Is.EqualTo(2), full.Output + full.Errors);
                Assert.That(full.Errors, Does.Contain("free space and run the same command again"));
                Assert.That(full.Errors.Trim().Split('\n'), Has.Length.EqualTo(1));
                Assert.That(kept, Is.Not.Empty);
            }

            Assert.That(Do("mount", $"-o remount,size=50m {desk.Results}"), Is.True);
            var again = desk.Run(matrix);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(again.Code, Is.Zero, again.Output + again.Errors);
                Assert.That(kept, Is.SubsetOf(Records(desk)));
            }
        }
        finally
        {
            Do("umount", desk.Results);
        }
    }

    /// <summary>24 MB on a device of 3 MB: logs take little of what is left, the cells of all methods are there, and the same command starts again.</summary>
    [Test]
    public void Has_room_for_results_whatever_a_plugin_prints()
    {
        using var desk = new Desk().With("Sample", "Hostile");
        Directory.CreateDirectory(desk.Results);
        if (!Do("mount", $"-t tmpfs -o size=3m tmpfs {desk.Results}"))
        {
            Assert.Ignore("only the superuser can mount a small device");
        }

        try
        {
            var matrix = desk.Write("small.yaml", Matrix.Replace("[test-affine]", "[test-prints, test-affine]", StringComparison.Ordinal)
                .Replace("[4, 5, 6, 7, 8, 9]", "[4]", StringComparison.Ordinal).Replace("[0, 1, 2, 3, 4, 5, 6, 7]", "[0]", StringComparison.Ordinal));
            var run = desk.Run(matrix);
            var again = desk.Run(matrix);
            using (Assert.EnterMultipleScope())
            {
                Assert.That(run.Code, Is.Zero, run.Output + run.Errors);
                Assert.That(Directory.EnumerateFiles(Path.Combine(desk.Results, "small", "logs")).Max(log => new FileInfo(log).Length), Is.GreaterThan(64 << 10).And.LessThan(128 << 10));
                Assert.That(again.Code, Is.Zero, again.Output + again.Errors);
            }
        }
        finally
        {
            Do("umount", desk.Results);
        }
    }

    private static Dictionary<string, string> Records(Desk desk) => Directory
        .EnumerateFiles(Path.Combine(desk.Results, "small", "records"), "*.json").ToDictionary(path => path, File.ReadAllText);

    private static bool Do(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
