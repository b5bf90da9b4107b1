using System.Diagnostics;

namespace Dfx.EndToEnd;

/// <summary>Bad input is one clear message and exit code 2, before anything is trained.</summary>
[TestFixture]
internal sealed class BadInputTests
{
    private Desk _desk = null!;

    [OneTimeSetUp]
    public void SetUp() => _desk = new Desk().With("Sample");

    [OneTimeTearDown]
    public void TearDown() => _desk.Dispose();

    [TestCase("sampels: 3\nsamples: 40", "samples: 40", "the nearest is 'samples'", TestName = "An unknown key")]
    [TestCase("methods: [test-afine, ", "methods: [test-affine, ", "the nearest is 'test-affine'", TestName = "A misspelt id")]
    [TestCase("spread: 0", "spread: 2", "0.01 to 100", TestName = "A value out of range")]
    [TestCase("spred: 3", "spread: 2", "the nearest is 'spread'", TestName = "An unknown parameter")]
    [TestCase("steps: 0", "steps: 40", "from 1 to", TestName = "No steps")]
    [TestCase("[0.5, 0.2]", "[0.5, 1.0]", "rising", TestName = "Checkpoints that do not rise")]
    [TestCase("time: 60", "time: 60s", "30m", TestName = "A limit without its unit")]
    [TestCase("seeds: [0, 0]", "seeds: [0, 1]", "names '0' twice", TestName = "A seed twice")]
    [TestCase("nfe: [4, [9]", "nfe: [4, 9]", "valid YAML", TestName = "Unreadable YAML")]
    [TestCase("datasets: [nowhere]", "datasets: [test-shapes]", "there is no dataset 'nowhere'", TestName = "An unknown dataset")]
    public void Is_refused_with_file_line_and_column(string bad, string good, string message)
    {
        var matrix = _desk.Write("bad.yaml", Matrices.Small.Replace(good, bad, StringComparison.Ordinal));
        var line = 1 + File.ReadAllText(matrix)[..File.ReadAllText(matrix).IndexOf(bad, StringComparison.Ordinal)].Count(c => c == '\n');
        var outcome = _desk.Run(matrix);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.EqualTo(2), outcome.Output);
            Assert.That(outcome.Errors.Trim().Split('\n'), Has.Length.EqualTo(1));
            Assert.That(outcome.Errors, Does.Contain(message));
            Assert.That(outcome.Errors, Does.Match($@"bad\.yaml:({line}|{line + 1}):\d+:"));
            Assert.That(Directory.Exists(_desk.Results), Is.False, "something was written");
        }
    }

    [Test]
    public void A_dataset_that_is_not_there()
    {
        var matrix = _desk.Write(
            "gone.yaml", Matrices.Small.Replace("datasets: [test-shapes]", "datasets: [{ dataset: fashion-mnist, path: /nowhere }]", StringComparison.Ordinal));
        Refused(_desk.Run(matrix), "/nowhere");
    }

    [Test]
    public void A_device_that_is_not_there()
    {
        Assume.That(Directory.Exists("/proc/driver/nvidia"), Is.False, "this machine has a graphics card");
        Refused(_desk.Run(_desk.Write("small.yaml", Matrices.Small), "--device", "cuda"), "finds no CUDA device");
    }

    [Test]
    public void A_file_that_is_not_there() => Refused(_desk.Run("nowhere.yaml"), "nowhere.yaml");

    [Test]
    public void A_results_folder_of_another_format()
    {
        var matrix = _desk.Write("small.yaml", Matrices.Small);
        var results = Directory.CreateDirectory(Path.Combine(_desk.Folder, "foreign", "small")).FullName;
        File.WriteAllText(Path.Combine(results, "manifest.json"), """{ "format": 99 }""");
        Refused(_desk.Run(matrix, "--results", Path.Combine(_desk.Folder, "foreign")), "format 99");
        Assert.That(File.ReadAllText(Path.Combine(results, "manifest.json")), Is.EqualTo("""{ "format": 99 }"""));
    }

    [Test]
    public void A_results_folder_that_cannot_be_written()
    {
        // Nobody can make a folder under /proc, the superuser included.
        Refused(_desk.Run(_desk.Write("small.yaml", Matrices.Small), "--results", "/proc/results"), "cannot be written");
    }

    [Test]
    public void Two_hosts_at_once()
    {
        using var desk = new Desk().With("Sample", "Hangs");
        var matrix = desk.Write(
            "small.yaml",
            Matrices.Small.Replace("[test-affine, ", "[test-hangs-asleep, ", StringComparison.Ordinal));
        using var first = desk.Start("run", matrix, "--plugins", desk.Plugins);
        var clock = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(desk.Results, "small", "running.json")) && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            Thread.Sleep(20);
        }

        Refused(desk.Run(matrix), "another dfx is at work");
        first.Kill();
        first.WaitForExit();
    }

    [Test]
    public void An_interrupted_run_says_how_to_go_on()
    {
        using var desk = new Desk().With("Sample", "Hangs");
        var matrix = desk.Write("small.yaml", Matrices.Small.Replace("[test-affine, ", "[test-hangs-asleep, ", StringComparison.Ordinal));
        using var process = desk.Start("run", matrix, "--plugins", desk.Plugins);
        var clock = Stopwatch.StartNew();
        while (!File.Exists(Path.Combine(desk.Results, "small", "running.json")) && clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            Thread.Sleep(20);
        }

        using var interrupt = Process.Start("kill", $"-INT {process.Id}");
        process.WaitForExit();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(process.ExitCode, Is.EqualTo(130));
            Assert.That(process.StandardError.ReadToEnd(), Does.Contain("the same command goes on"));
            Assert.That(desk.Processes(), Is.Empty);
        }
    }

    private static void Refused(Outcome outcome, string message)
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(outcome.Code, Is.EqualTo(2), outcome.Output + outcome.Errors);
            Assert.That(outcome.Errors, Does.Contain(message));
            Assert.That(outcome.Errors.Trim().Split('\n'), Has.Length.EqualTo(1));
        }
    }
}
