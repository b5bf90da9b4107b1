using System.Diagnostics;

namespace Dfx.EndToEnd;

/// <summary>Runs that are killed at random moments end as undisturbed ones do.</summary>
[TestFixture]
internal sealed class ResumeTests
{
    private const int Kills = 30;

    // Real networks on real images, one method with two of them and a pool, small enough that thirty interruptions fit a test, and trained long enough that most hit training.
    private const string Matrix =
        """
        name: small
        datasets: [fashion-mnist]
        network: { channels: 4, multipliers: [1, 1], blocks: 1 }
        training: { steps: 60, batch: 8, checkpoints: [0.5, 1.0] }
        methods: [{ method: dsm, with: { process: ve }, name: ve, training: { augment: 0.12 } }, { method: test-rollout, training: { accumulate: 2, evaluations: 480 } }]
        samplers: [heun]
        nfe: [3, 5]
        samples: 24
        threads: 1
        metrics: [test-mean]
        """;

    [Test]
    public void A_run_that_is_killed_thirty_times_gives_the_same_bytes()
    {
        using var calm = new Desk().With("Dfx.Baselines", "Sample");
        var undisturbed = calm.Run(calm.Write("small.yaml", Matrix));
        Assert.That(undisturbed.Code, Is.Zero, undisturbed.Output + undisturbed.Errors);
        var expected = Csv.WithoutTimes(Path.Combine(calm.Results, "small", "leaderboard.csv"));

        var random = new Random(20261123);
        var (kills, finished) = (0, 0);
        while (kills < Kills)
        {
            using var desk = new Desk().With("Dfx.Baselines", "Sample");
            kills += KillUntilDone(desk, random, Kills - kills);
            finished++;
            Assert.That(Csv.WithoutTimes(Path.Combine(desk.Results, "small", "leaderboard.csv")), Is.EqualTo(expected));
        }

        TestContext.Out.WriteLine($"{kills} kills over {finished} runs");
    }

    /// <summary>Starts the same command again and again, killing host and workers at most so many times in all; the number of kills.</summary>
    private static int KillUntilDone(Desk desk, Random random, int most)
    {
        var matrix = desk.Write("small.yaml", Matrix);
        var kills = 0;
        Dictionary<string, string> Records() => Desk.FinishedRecords(Path.Combine(desk.Results, "small"));
        while (true)
        {
            var records = Records();
            using var process = desk.Start("run", matrix, "--plugins", desk.Plugins, "--save-every", "0.1");
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            while (kills < most && !process.WaitForExit(random.Next(300, 4000)))
            {
                // A host whose worker was killed goes on with another one, which may be killed too.
                kills += Kill(process, random) ? 1 : 0;
            }

            Assert.That(process.WaitForExit(TimeSpan.FromMinutes(5)), Is.True, "the run did not end");
            process.WaitForExit();
            Assert.That(records, Is.SubsetOf(Records()), "a finished record was written again");
            if (process.ExitCode == 0)
            {
                return kills;
            }

            // 2: the process that tries the device at the start was killed.
            Assert.That(process.ExitCode, Is.AnyOf(1, 2, 137), output.Result + errors.Result);
        }
    }

    /// <summary>Kills the host or its worker, as the dice say; whether there was one to kill.</summary>
    private static bool Kill(Process host, Random random)
    {
        if (random.Next(2) == 0)
        {
            host.Kill();
            return true;
        }

        var workers = Desk.Children(host.Id);
        workers.ToList().ForEach(Kill);
        return workers.Count > 0;
    }

    private static void Kill(int process)
    {
        try
        {
            Process.GetProcessById(process).Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It ended by itself in the meantime.
        }
    }
}
